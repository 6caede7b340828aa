using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using PhotoStudio.Inference.Engines.StyleTransfer;
using PhotoStudio.Inference.Faces;
using IllustrateOperation = PhotoStudio.Core.Operations.Illustrate;

namespace PhotoStudio.Inference.Engines.Illustrate;

/// <summary>
/// Paints a portrait after a photograph without a model: the person is cut out (<see cref="SubjectCutout"/>), set before a painted scene
/// (<see cref="PortraitSetting"/>), and both are painted in one of the built-in styles.
/// </summary>
public sealed class IllustrateEngine(FaceFinders finders) : IEngine
{
    // The decoder's buffers, the photograph, the cut-out and its planes; of the portrait the scene, the painting and the result, twice.
    private const int BytesPerPixel = 6 + 4 + 4 + 16, PortraitBytesPerPixel = 96 + 140 + 9;

    /// <inheritdoc/>
    public string Operation => "illustrate";

    /// <inheritdoc/>
    public string Name => "painted-portrait";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run)
    {
        var portrait = (long)run.Parameters.Get(IllustrateOperation.Width) * run.Parameters.Get(IllustrateOperation.Height);
        return finders.Best.MemoryBytes + SubjectCutout.FixedBytes + (portrait * PortraitBytesPerPixel)
            + (run.Input().Header.Pixels * (BytesPerPixel + SubjectCutout.BytesPerPixel));
    }

    /// <inheritdoc/>
    public long ResultPixels(EngineRun run) =>
        (long)run.Parameters.Get(IllustrateOperation.Width) * run.Parameters.Get(IllustrateOperation.Height);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var photo = run.Input().Decode(cancellationToken);
        var face = finders.Best.Find(photo, cancellationToken).MaxBy(found => found.Score * found.Landmarks.EyeDistance);
        run.Progress.Report(new(0.1, "cutting out"));
        var cutout = SubjectCutout.Make(photo, new Stage(run.Progress, 0.1, 0.3, "cutting out"), cancellationToken);

        int width = run.Parameters.Get(IllustrateOperation.Width), height = run.Parameters.Get(IllustrateOperation.Height);
        long seed = run.Parameters.Get(IllustrateOperation.Seed);
        var (scene, sceneNotes) = PortraitSetting.Behind(
            cutout,
            run.Parameters.Get(IllustrateOperation.Prompt),
            width,
            height,
            seed,
            (share, stage) => run.Progress.Report(new(0.4 + (0.3 * share), stage)),
            cancellationToken);
        PortraitSetting.Place(cutout, face, scene, cancellationToken);
        var canvas = new StyleCanvas(
            StyleBlend.Colors(scene, cancellationToken), seed, new Stage(run.Progress, 0.7, 0.28, "painting"), cancellationToken);
        var painted = StyleCatalog.Get(run.Parameters.Get(IllustrateOperation.Style)).Paint(canvas);
        List<string> notes = [.. sceneNotes];
        if (face is null) notes.Add("No face was found in the reference; the whole subject was painted.");
        return Task.FromResult(new EngineOutput
        {
            Pictures = [StyleBlend.Apply(scene, painted, 1, cancellationToken)],
            Seed = seed,
            Confidence = cutout.Confidence,
            Notes = notes.Count == 0 ? null : notes,
        });
    }

    private sealed class Stage(IProgress<InferenceProgress> progress, double from, double share, string name) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(from + (share * value), name));
    }
}
