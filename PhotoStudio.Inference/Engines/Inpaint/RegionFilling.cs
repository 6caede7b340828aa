using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Completion;

namespace PhotoStudio.Inference.Engines.Inpaint;

/// <summary>What object removal and inpainting do without a model: fill the region by <see cref="PatchCompletion"/>.</summary>
internal static class RegionFilling
{
    /// <summary>The engine's name in both operations.</summary>
    public const string Name = "patch-completion";

    /// <summary>The algorithm's version.</summary>
    public const string Version = "1";

    // The decoders' buffers, picture, mask, the result and once more for writing it.
    private const int BytesPerPixel = 6 + 4 + 5 + 8;

    /// <summary>Memory for a run, in bytes.</summary>
    public static long MemoryFor(EngineRun run) => run.Input().Header.Pixels * (BytesPerPixel + PatchCompletion.BytesPerPixel);

    /// <summary>Fills the region.</summary>
    public static Picture Run(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        run.Progress.Report(new(0, "decoding"));
        var picture = run.Input().Decode(cancellationToken);
        var region = RegionMask.Read(run, picture.Width, picture.Height, cancellationToken);
        var options = new CompletionOptions { Seed = run.Parameters.Get(Core.Operations.ObjectRemoval.Seed) };
        var result = PatchCompletion.Fill(picture, region, options, new FillingProgress(run.Progress, "filling"), cancellationToken);
        RegionMask.Feather(picture, result, region, run.Parameters.Get(RegionParameters.Feather), cancellationToken);
        return result;
    }
}

/// <summary>Tells a run's listener how far the filling is; decoding is counted as the first twentieth.</summary>
internal sealed class FillingProgress(IProgress<InferenceProgress> progress, string stage) : IProgress<double>
{
    public void Report(double value) => progress.Report(new(0.05 + (0.95 * value), stage));
}
