using System.Text.Json;
using System.Text.Json.Serialization;
using PhotoStudio.Core.Moderation;
using PhotoStudio.Inference.Algorithms;
using ModerateOperation = PhotoStudio.Core.Operations.Moderate;

namespace PhotoStudio.Inference.Engines.Moderate;

/// <summary>What the engines of moderation have in common: the prompt is judged by <see cref="LexiconModeration"/>, the picture by each its way.</summary>
internal static class Judging
{
    // A progressive JPEG keeps up to three 16-bit coefficients a pixel until it is decoded; other formats their samples.
    private const int BytesPerPixel = 6;
    private const long FixedBytes = 8_000_000;

    private static readonly LexiconModeration Prompts = new();

    /// <summary>Memory for a run besides what a model takes, in bytes.</summary>
    public static long MemoryFor(EngineRun run) => FixedBytes + ((run.FindInput("image")?.Header.Pixels ?? 0) * BytesPerPixel);

    /// <summary>Judges what the run was given.</summary>
    /// <param name="run">The run.</param>
    /// <param name="judge">Judges a picture.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<EngineOutput> RunAsync(EngineRun run, Func<EngineInput, Task<PictureJudgement>> judge, CancellationToken cancellationToken)
    {
        using var limit = RowBands.LimitTo(run.Cores);
        var threshold = run.Parameters.Get(ModerateOperation.Threshold);
        var categories = ModerationCategories.All.ToDictionary(category => category, _ => 0.0, StringComparer.Ordinal);
        var (methods, notes) = (new List<string>(), new List<string>());
        bool flagged = false, blocked = false;
        string? model = null;
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
            var found = await judge(image);
            methods.Add(found.Method);
            model = found.Model;
            categories[ModerationCategories.Sexual] = Math.Max(categories[ModerationCategories.Sexual], found.Score);
            flagged |= found.Flagged;
            blocked |= found.MayBlock && found.Score >= threshold;
            notes.Add(found.Note);
        }

        var data = new ModerationData(flagged || blocked, blocked, categories, threshold, string.Join('+', methods), notes);
        return new() { Data = JsonSerializer.Serialize(data, ModerationJson.Default.ModerationData), Model = model };
    }
}

/// <summary>How a picture was judged.</summary>
/// <param name="Method">What judged it.</param>
/// <param name="Score">How sure it is that the picture is sexual, 0–1.</param>
/// <param name="Flagged">Whether a person should look.</param>
/// <param name="MayBlock">Whether the score is good enough to refuse a picture by.</param>
/// <param name="Note">A sentence about it.</param>
/// <param name="Model">The model that judged; null for none.</param>
internal sealed record PictureJudgement(string Method, double Score, bool Flagged, bool MayBlock, string Note, string? Model = null);

/// <summary>What moderation delivers.</summary>
/// <param name="Flagged">Whether a person should look.</param>
/// <param name="Blocked">Whether the prompt, or the picture by a trained model, is to be refused.</param>
/// <param name="Categories">Every category with its score, 0–1.</param>
/// <param name="Threshold">The score from which something is blocked.</param>
/// <param name="Method">What judged: lexicon, skin-heuristic, nsfw-classifier; several are joined by plus signs.</param>
/// <param name="Notes">A sentence each.</param>
internal sealed record ModerationData(
    bool Flagged, bool Blocked, IReadOnlyDictionary<string, double> Categories, double Threshold, string Method, IReadOnlyList<string> Notes);

/// <summary>The contract of moderation's data.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModerationData))]
internal sealed partial class ModerationJson : JsonSerializerContext;
