using System.Text.Json.Serialization;
using PhotoStudio.Core.Prompts;

namespace PhotoStudio.Api.Prompts;

/// <summary>A refined prompt.</summary>
public sealed record RefinedPromptResource
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

    /// <summary>What was added to the person's words.</summary>
    public required IReadOnlyList<string> Added { get; init; }

    /// <summary>Contradictions and how each was resolved.</summary>
    public required IReadOnlyList<PromptConflict> Contradictions { get; init; }

    /// <summary>Words without a translation, kept as they were.</summary>
    public required IReadOnlyList<string> Untranslated { get; init; }

    /// <summary>The language model that made it, where one did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>The version of the instructions that the language model was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instructions { get; init; }

    /// <summary>The resource of a refinement.</summary>
    public static RefinedPromptResource Of(PromptRefinement refinement, TimeSpan took) => new()
    {
        OriginalPrompt = refinement.OriginalPrompt,
        RefinedPrompt = refinement.RefinedPrompt,
        NegativePrompt = refinement.NegativePrompt,
        ConfidenceScore = refinement.Confidence,
        MethodUsed = refinement.Method,
        ProcessingTime = Math.Round(took.TotalSeconds, 6),
        Language = refinement.Language,
        Added = refinement.Added,
        Contradictions = refinement.Conflicts,
        Untranslated = refinement.Untranslated,
        Model = refinement.Model?.Name,
        Instructions = refinement.Model?.Instructions,
    };
}

/// <summary>What is wrong with a prompt and what would make it better.</summary>
/// <param name="IsValid">Whether nothing stands against it.</param>
/// <param name="Issues">What does.</param>
/// <param name="Suggestions">What would make it better.</param>
/// <param name="Length">Its length, in characters.</param>
/// <param name="Tokens">An estimate of what an image model's text encoder makes of it.</param>
public sealed record PromptValidationResource(bool IsValid, IReadOnlyList<string> Issues, IReadOnlyList<string> Suggestions, int Length, int Tokens);

/// <summary>A prompt without what it rules out.</summary>
/// <param name="Prompt">What is wanted, in the words of the original.</param>
/// <param name="NegativePrompt">What is not, in the words of the original.</param>
public sealed record NegativeExtractionResource(string Prompt, string NegativePrompt);

/// <summary>The contracts of prompt refinement.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RefineRequest))]
[JsonSerializable(typeof(PromptRequest))]
[JsonSerializable(typeof(RefinedPromptResource))]
[JsonSerializable(typeof(PromptValidationResource))]
[JsonSerializable(typeof(NegativeExtractionResource))]
public sealed partial class PromptJson : JsonSerializerContext;
