using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Moderation;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Prompts;

namespace PhotoStudio.Api.Prompts;

/// <summary>A prompt made better, with what it asks for: <c>/v1/prompt/refine</c>, and the same under <c>/api/v1</c>. Stores nothing.</summary>
internal static class RefineWithIntent
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public static void AddPromptIntents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<PromptIntents>();
        builder.Services.AddJsonContext(PromptIntentJson.Default);
    }

    public static void MapPromptIntents(this IEndpointRouteBuilder routes)
    {
        foreach (var (prefix, suffix) in ((string, string)[])[("/v1", "Short"), ("/api/v1", "")])
        {
            routes.MapPost($"{prefix}/prompt/refine", HandleAsync)
                .WithTags("Prompts")
                .WithName($"RefinePromptWithIntent{suffix}")
                .WithSummary("Makes words into a prompt that an image model does well with, and tells what they ask for")
                .WithDescription("As `prompt-refinement/refine`, with the `intent`: an operation's name, or `help`, `smalltalk`, `unclear`. Nothing is stored.");
        }
    }

    public static async Task<Results<Ok<PromptWithIntentResource>, StudioProblem>> HandleAsync(
        RefineRequest request,
        Caller caller,
        PromptIntents intents,
        PromptRefiners refiners,
        PromptGate gate,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        if (caller.As(request.UserId, faults) is not { } owner) return StudioProblem.Validation(faults);
        gate.Check(request.Prompt!);
        var start = time.GetTimestamp();
        try
        {
            var intent = await intents.OfAsync(request.Prompt!, owner, cancellationToken);
            var refined = await refiners.RefineAsync(request.ToRefine with { Prompt = intent.Words, Owner = owner }, request.HowToRefine, cancellationToken);
            return TypedResults.Ok(PromptWithIntentResource.Of(request.Prompt!, refined, intent, time.GetElapsedTime(start)));
        }
        catch (PromptRefinementException exception)
        {
            return StudioProblem.Of(ProblemCode.LanguageModelUnavailable, exception.Message) with { RetryAfter = Pause };
        }
    }
}

/// <summary>A refined prompt and what it asks for.</summary>
public sealed record PromptWithIntentResource
{
    /// <summary>The words as they came.</summary>
    public required string OriginalPrompt { get; init; }

    /// <summary>The prompt for the image model, in English.</summary>
    public required string RefinedPrompt { get; init; }

    /// <summary>What must not be seen, in English.</summary>
    public required string NegativePrompt { get; init; }

    /// <summary>How much of the prompt was understood, 0–1.</summary>
    public required double ConfidenceScore { get; init; }

    /// <summary><c>rule_based</c> or <c>llm</c>.</summary>
    public required string MethodUsed { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public required double ProcessingTime { get; init; }

    /// <summary>The language of the original: en, vi or es.</summary>
    public required string Language { get; init; }

    /// <summary>What it asks for: an operation's name, help, smalltalk or unclear.</summary>
    public required string Intent { get; init; }

    /// <summary>How sure the studio is of that, 0–1.</summary>
    public required double IntentConfidence { get; init; }

    /// <summary>Every operation that it asks for, in order.</summary>
    public required IReadOnlyList<string> Operations { get; init; }

    /// <summary>What the words say about the first operation's parameters; null without an operation.</summary>
    public JsonObject? Parameters { get; init; }

    /// <summary>What the studio would answer or ask back; null where the operations could be run as they are.</summary>
    public string? Reply { get; init; }

    internal static PromptWithIntentResource Of(string original, PromptRefinement refined, PromptIntent intent, TimeSpan took) => new()
    {
        OriginalPrompt = original,
        RefinedPrompt = refined.RefinedPrompt,
        NegativePrompt = refined.NegativePrompt,
        ConfidenceScore = refined.Confidence,
        MethodUsed = refined.Method,
        ProcessingTime = Math.Round(took.TotalSeconds, 6),
        Language = refined.Language,
        Intent = intent.Plan.Intent,
        IntentConfidence = intent.Plan.Confidence,
        Operations = intent.Plan.Operations,
        Parameters = intent.Plan.Steps.FirstOrDefault(step => step.Serves is null)?.Parameters,
        Reply = intent.Plan.Question ?? intent.Plan.Reply,
    };
}

/// <summary>The contract of prompts with their intent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PromptWithIntentResource))]
public sealed partial class PromptIntentJson : JsonSerializerContext;
