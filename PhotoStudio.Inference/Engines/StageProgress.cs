using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Engines;

/// <summary>Tells a run's listener of one stage of it.</summary>
/// <param name="progress">The listener.</param>
/// <param name="from">Where the stage begins in the whole run, 0–1.</param>
/// <param name="share">How much of the run it is, 0–1.</param>
/// <param name="stage">What is going on.</param>
internal sealed class StageProgress(IProgress<InferenceProgress> progress, double from, double share, string stage) : IProgress<double>
{
    /// <inheritdoc/>
    public void Report(double value) => progress.Report(new(from + (share * value), stage));
}
