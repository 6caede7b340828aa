using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Moderation;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Images;

/// <summary>Looks at what comes in: moderation, and what can be detected in it.</summary>
public sealed partial class PictureReview(
    IInference inference, IOptions<ModerationOptions> moderation, IOptions<ImageOptions> images, TimeProvider time, ILogger<PictureReview> logger)
{
    /// <summary>Judges a picture; null where moderation is switched off.</summary>
    /// <exception cref="ProblemException">It could not be judged: what nobody looked at is not taken in.</exception>
    public async Task<ImageModeration?> JudgeAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (!moderation.Value.Enabled) return null;
        var data = await RunAsync("moderate", "{}", file, cancellationToken);
        var categories = (data["categories"] as JsonObject ?? [])
            .Select(category => KeyValuePair.Create(category.Key, category.Value?.GetValue<double>() ?? 0))
            .Where(category => category.Value > 0)
            .ToDictionary(StringComparer.Ordinal);
        return new ImageModeration(
            categories.Count == 0 ? 0 : categories.Values.Max(),
            moderation.Value.Threshold,
            data["flagged"]?.GetValue<bool>() ?? false,
            categories,
            data["method"]?.GetValue<string>() ?? "unknown",
            time.GetUtcNow());
    }

    /// <summary>Tags for what is detected in a picture; none where no engine is ready that knows names of things, or where it fails.</summary>
    public async Task<IReadOnlyList<ImageTag>> DetectAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        if (!images.Value.AutoTags) return [];
        try
        {
            // The builtin engine finds regions and has no names for them.
            var engines = await inference.EnginesAsync(cancellationToken);
            if (!engines.Any(engine => engine is { Operation: "detect-objects", Ready: true, Tier: not EngineTier.Builtin })) return [];

            var data = await RunAsync("detect-objects", $$"""{"min_score":{{Math.Clamp(images.Value.AutoTagConfidence, 0, 1):0.###}}}""", file, cancellationToken);
            var found = (data["objects"] as JsonArray ?? [])
                .OfType<JsonObject>()
                .Select(thing => (Label: thing["label"]?.GetValue<string>() ?? "", Score: thing["score"]?.GetValue<double>() ?? 0))
                .Where(thing => thing.Score >= images.Value.AutoTagConfidence && thing.Label.Length <= ImageTag.MaxLength)
                .Select(thing => ImageTag.Named(thing.Label, Math.Round(thing.Score, 4)))
                .OfType<ImageTag>();
            return [.. ImageTag.Merge([], found).Take(images.Value.MaxAutoTags)];
        }
        catch (Exception exception) when (exception is ProblemException or InferenceException or InvalidOperationException)
        {
            LogNotTagged(logger, exception);
            return [];
        }
    }

    private async Task<JsonObject> RunAsync(string operation, string parameters, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        var read = OperationParameters.FromJson(OperationCatalog.Get(operation), parameters);
        try
        {
            var request = new InferenceRequest(OrderedId.New().ToString("N"), operation, read.ToJson(), [new InferenceInput("image", file)]);
            var result = await inference.RunAsync(request, progress: null, cancellationToken);
            return JsonNode.Parse(result.Data ?? "{}") as JsonObject ?? [];
        }
        catch (InferenceException fault)
        {
            throw new ProblemException(FailureProblems.From(fault), fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing was detected in an upload, which is stored without tags")]
    private static partial void LogNotTagged(ILogger logger, Exception exception);
}
