using System.Security.Cryptography;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Finish;
using PhotoStudio.Inference.Engines.Generate.Reading;
using PhotoStudio.Inference.Engines.Generate.Studies;
using GenerateOperation = PhotoStudio.Core.Operations.Generate;

namespace PhotoStudio.Inference.Engines.Generate;

/// <summary>
/// Paints what a prompt names by procedure: it reads the words, composes a scene, paints it in linear light from far to near, and finishes
/// it in a style. No model, no download; a seed gives the same picture everywhere. The data say what is shown and which words are not.
/// </summary>
public sealed class GenerateEngine : IEngine
{
    // Views of the scene and its mirror image, the land's grid, what is seen of it, and the finishing's planes.
    private const int BytesPerPixel = 96;
    private const long Overhead = 16 << 20;

    /// <inheritdoc/>
    public string Operation => "generate";

    /// <inheritdoc/>
    public string Name => "scene-painter";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (width, height) = GenerateOperation.SizeOf(run.Parameters);
        return ((long)width * height * BytesPerPixel) + Overhead;
    }

    /// <inheritdoc/>
    public long ResultPixels(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (width, height) = GenerateOperation.SizeOf(run.Parameters);
        return (long)width * height;
    }

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var limit = RowBands.LimitTo(run.Cores);
        long seed = run.Parameters.Find(GenerateOperation.Seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        run.Progress.Report(new(0, "reading the prompt"));
        var order = BriefMaker.Read(run.Parameters, seed);
        var (width, height) = GenerateOperation.SizeOf(run.Parameters);
        var picture = Paint(order, width, height, (share, stage) => run.Progress.Report(new(share, stage)), cancellationToken);
        return Task.FromResult(new EngineOutput { Pictures = [picture], Seed = seed, Data = SceneReport.Of(order).ToJson(), Notes = SceneReport.NotesOf(order) });
    }

    internal static Picture Paint(
        SceneOrder order, int width, int height, Action<double, string> progress, CancellationToken cancellationToken)
    {
        void Tell(float share, string stage) => progress(share * 0.8, stage);
        var view = order.Kind switch
        {
            SceneKind.Landscape => Landscape.Paint(order.Brief, width, height, Tell, cancellationToken),
            SceneKind.Space => SpaceStudy.Paint(order.Brief, width, height, Tell, cancellationToken),
            SceneKind.Pattern => PatternStudy.Paint(order.Brief, width, height, Tell, cancellationToken),
            SceneKind.Abstract => AbstractStudy.Paint(order.Brief, width, height, Tell, cancellationToken),
            SceneKind.StillLife => StillLifeStudy.Paint(order.Brief, width, height, Tell, cancellationToken),
            SceneKind.Portrait => PortraitStudy.Paint(order.Brief, width, height, Tell, cancellationToken),
            _ => throw new InvalidOperationException($"There is no painter for {order.Kind}."),
        };
        progress(0.8, "finishing");
        return Finishing.Apply(view, order, cancellationToken);
    }
}
