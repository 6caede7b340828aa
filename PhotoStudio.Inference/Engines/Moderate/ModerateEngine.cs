using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Moderation;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;
using ModerateOperation = PhotoStudio.Core.Operations.Moderate;

namespace PhotoStudio.Inference.Engines.Moderate;

/// <summary>
/// Judges a prompt by <see cref="LexiconModeration"/> and a picture by <see cref="SkinHeuristic"/>. Only a prompt is ever blocked.
/// </summary>
public sealed class ModerateEngine : IEngine
{
    // A progressive JPEG keeps up to three 16-bit coefficients a pixel until it is decoded; other formats their samples.
    private const int BytesPerPixel = 6;
    private const long FixedBytes = 8_000_000;

    private static readonly LexiconModeration Prompts = new();

    /// <inheritdoc/>
    public string Operation => "moderate";

    /// <inheritdoc/>
    public string Name => "lexicon-and-skin";

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Builtin;

    /// <inheritdoc/>
    public string Version => "1";

    /// <inheritdoc/>
    public long MemoryFor(EngineRun run) => FixedBytes + ((run.FindInput("image")?.Header.Pixels ?? 0) * BytesPerPixel);

    /// <inheritdoc/>
    public Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        var threshold = run.Parameters.Get(ModerateOperation.Threshold);
        var categories = ModerationCategories.All.ToDictionary(category => category, _ => 0.0, StringComparer.Ordinal);
        var (methods, notes) = (new List<string>(), new List<string>());
        bool flagged = false, blocked = false;
        if (run.Parameters.TryGet(ModerateOperation.Prompt, out var prompt))
        {
            run.Progress.Report(new(0, "reading the prompt"));
            methods.Add("lexicon");
            var judgement = Prompts.Judge(prompt);
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (category, score) in judgement.Categories) categories[category] = score;
            blocked = judgement.Score >= threshold;
            flagged = blocked || judgement.Score >= PromptJudgement.FlagThreshold;
            notes.Add(flagged
                ? $"The prompt was {(blocked ? "blocked" : "flagged")} for: {string.Join(", ", judgement.At(blocked ? threshold : PromptJudgement.FlagThreshold))}."
                : "Nothing in the prompt is in the lexicon to a degree that matters.");
        }

        if (run.FindInput("image") is { } image)
        {
            run.Progress.Report(new(0.3, "looking at the picture"));
            methods.Add("skin-heuristic");
            var size = new ScaledSize(SkinHeuristic.LongestSide, SkinHeuristic.LongestSide, FitMode.Fit, AllowEnlarge: false);
            var found = SkinHeuristic.Of(image.DecodeScaled(size, cancellationToken), cancellationToken);
            categories[ModerationCategories.Sexual] = Math.Max(categories[ModerationCategories.Sexual], found.Score);
            flagged |= found.Score >= SkinHeuristic.ReviewScore;
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{found.SkinShare:P0} of the picture looks like skin by colour and smoothness. This says nothing of what is shown: it asks for a look and never blocks."));
        }

        var data = new ModerationData(flagged, blocked, categories, threshold, string.Join('+', methods), notes);
        return Task.FromResult(new EngineOutput { Data = JsonSerializer.Serialize(data, ModerationJson.Default.ModerationData) });
    }
}

/// <summary>What moderation delivers.</summary>
/// <param name="Flagged">Whether a person should look.</param>
/// <param name="Blocked">Whether the prompt is to be refused.</param>
/// <param name="Categories">Every category with its score, 0–1.</param>
/// <param name="Threshold">The score from which a prompt is blocked.</param>
/// <param name="Method">What judged: lexicon, skin-heuristic, or both joined by a plus sign.</param>
/// <param name="Notes">A sentence each.</param>
internal sealed record ModerationData(
    bool Flagged, bool Blocked, IReadOnlyDictionary<string, double> Categories, double Threshold, string Method, IReadOnlyList<string> Notes);

/// <summary>The contract of moderation's data.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModerationData))]
internal sealed partial class ModerationJson : JsonSerializerContext;
