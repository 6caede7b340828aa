using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Assistant;

namespace PhotoStudio.Core.Prompts;

/// <summary>Makes a person's words into a prompt that an image model does well with. Stores nothing.</summary>
public interface IPromptRefiner
{
    /// <summary>The method's wire name: <c>rule_based</c> or <c>llm</c>.</summary>
    string Method { get; }

    /// <summary>What it lacks to work; null when it is ready.</summary>
    string? Missing { get; }

    /// <summary>Refines a prompt.</summary>
    /// <param name="prompt">The words, and what is known besides.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PromptRefinementException">It cannot be done now; nothing is wrong with the prompt.</exception>
    ValueTask<PromptRefinement> RefineAsync(PromptToRefine prompt, CancellationToken cancellationToken);
}

/// <summary>A refiner cannot do its work now.</summary>
public sealed class PromptRefinementException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>A prompt to refine.</summary>
/// <param name="Prompt">The person's words, in English, Vietnamese or Spanish: at most <see cref="MaxLength"/> characters.</param>
/// <param name="Style">A style that was chosen beside the words, such as <c>anime</c> or <c>digital-art</c>; null for none.</param>
public sealed record PromptToRefine(string Prompt, string? Style = null)
{
    /// <summary>The longest prompt, in characters.</summary>
    public const int MaxLength = 2_000;

    /// <summary>Who wrote it, and whose daily budget pays where a language model is asked. Without an owner none is asked.</summary>
    public Owner? Owner { get; init; }
}

/// <summary>A refined prompt.</summary>
public sealed record PromptRefinement
{
    /// <summary>The words as they came.</summary>
    public required string OriginalPrompt { get; init; }

    /// <summary>The prompt for the image model, in English: every noun and number of the original and what was added to them.</summary>
    public required string RefinedPrompt { get; init; }

    /// <summary>What must not be seen, in English: what the person ruled out, then what spoils pictures of this kind.</summary>
    public required string NegativePrompt { get; init; }

    /// <summary>How much of the prompt was understood, 0–1: known words count for it, contradictions and unknown words against it.</summary>
    public required double Confidence { get; init; }

    /// <summary>The method that made it: <c>rule_based</c> or <c>llm</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The language of the original: en, vi or es.</summary>
    public required string Language { get; init; }

    /// <summary>The language model that made it; null where it was made by rules.</summary>
    public LanguageModelMark? Model { get; init; }

    /// <summary>What the person ruled out, in English.</summary>
    public IReadOnlyList<string> RuledOut { get; init; } = [];

    /// <summary>What was added to the person's words.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Contradictions and how each was resolved.</summary>
    public IReadOnlyList<PromptConflict> Conflicts { get; init; } = [];

    /// <summary>Words without a translation, kept as they were: names often.</summary>
    public IReadOnlyList<string> Untranslated { get; init; } = [];
}

/// <summary>Two things that cannot both be.</summary>
/// <param name="Name">What they are about: time of day, weather, medium, …</param>
/// <param name="Kept">What stayed: what the prompt says first.</param>
/// <param name="Dropped">What was left out.</param>
public sealed record PromptConflict(string Name, string Kept, string Dropped);
