using System.Globalization;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Moderation;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Inference.Engines.Moderate;

/// <summary>
/// Judges a prompt by <see cref="LexiconModeration"/> and a picture by <see cref="SkinHeuristic"/>. Only a prompt is ever blocked.
/// </summary>
public sealed class ModerateEngine : IEngine
{
    /// <inheritdoc/>
    public string Operation => "moderate";

    /// <inheritdoc/>
    public string Name => "lexicon-and-skin";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => Judging.MemoryFor(run);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken) =>
        Judging.RunAsync(run, image => Task.FromResult(Judge(image, cancellationToken)), cancellationToken);

    private static PictureJudgement Judge(EngineInput image, CancellationToken cancellationToken)
    {
        var size = new ScaledSize(SkinHeuristic.LongestSide, SkinHeuristic.LongestSide, FitMode.Fit, AllowEnlarge: false);
        var found = SkinHeuristic.Of(image.DecodeScaled(size, cancellationToken), cancellationToken);
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{found.SkinShare:P0} of the picture looks like skin by colour and smoothness. This says nothing of what is shown: it asks for a look and never blocks.");
        return new("skin-heuristic", found.Score, found.Score >= SkinHeuristic.ReviewScore, MayBlock: false, note);
    }
}
