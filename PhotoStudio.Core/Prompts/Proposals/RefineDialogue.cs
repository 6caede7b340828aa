using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PhotoStudio.Core.Instructions;

namespace PhotoStudio.Core.Prompts.Proposals;

/// <summary>
/// Asks a language model for a refined prompt, and holds the answer to the original: every number, name and (in English prompts) known noun
/// is still there, what was ruled out is in the negative prompt, and nothing but a description came back.
/// </summary>
public sealed class RefineDialogue : ModelDialogue<PromptRefinement>
{
    private const int LongestNegative = 1_000;
    private const int MostConflicts = 10;
    private static readonly JsonElement AnswerSchema = Parse("""
        {"type":"object","properties":{"refined_prompt":{"type":"string"},"negative_prompt":{"type":"string"},"contradictions":{"type":"array","items":{"type":"object",
        "properties":{"name":{"type":"string"},"kept":{"type":"string"},"dropped":{"type":"string"}},"required":["name","kept","dropped"],"additionalProperties":false}},
        "confidence":{"type":"number","minimum":0,"maximum":1}},"required":["refined_prompt","negative_prompt","contradictions","confidence"],"additionalProperties":false}
        """);

    private readonly PromptToRefine prompt;
    private readonly PromptRefinement rules;
    private readonly string model;
    private readonly IReadOnlyList<string> kept;

    /// <summary>Begins one.</summary>
    /// <param name="prompt">The words.</param>
    /// <param name="model">The name of the model that is asked.</param>
    public RefineDialogue(PromptToRefine prompt, string model)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        (this.prompt, this.model) = (prompt, model);
        rules = RuleBasedPromptRefiner.Refine(prompt);
        kept = KeptWords.Of(prompt.Prompt, rules);
        Data = new JsonObject
        {
            ["prompt"] = Whole(prompt.Prompt),
            ["style"] = prompt.Style is { } style ? Whole(style) : null,
            ["ruled_out"] = new JsonArray([.. rules.RuledOut.Select(term => (JsonNode)term)]),
            ["keep"] = new JsonArray([.. kept.Select(word => (JsonNode)word)]),
        }.ToJsonString();
    }

    /// <inheritdoc/>
    public override string Version => ModelInstructions.Refine.Version;

    /// <inheritdoc/>
    public override string System => ModelInstructions.Refine.With("longest", PromptToRefine.MaxLength.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override string Data { get; }

    /// <inheritdoc/>
    public override JsonElement Schema => AnswerSchema;

    /// <inheritdoc/>
    public override string SchemaName => "refinement";

    /// <inheritdoc/>
    public override PromptRefinement? Read(string answer, ICollection<string> faults)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(faults);
        ProposedRefinement? proposed = null;
        try
        {
            proposed = JsonSerializer.Deserialize(Unfenced(answer), RefinementJson.Default.ProposedRefinement);
        }
        catch (JsonException exception)
        {
            faults.Add($"The answer is not the JSON that was asked for: {exception.Message.Split(" Path:", StringSplitOptions.None)[0]}");
            return null;
        }

        if (proposed is null) faults.Add("The answer must be a JSON object.");
        else Check(proposed, faults);
        return faults.Count > 0 ? null : Refinement(proposed!);
    }

    private void Check(ProposedRefinement proposed, ICollection<string> faults)
    {
        if (proposed.Confidence is not (>= 0 and <= 1)) faults.Add("confidence must be from 0 to 1.");
        if (ShownText.Fault(proposed.RefinedPrompt, PromptToRefine.MaxLength) is { } refined) faults.Add($"refined_prompt {refined}");
        if (proposed.NegativePrompt.Length > 0 && ShownText.Fault(proposed.NegativePrompt, LongestNegative) is { } negative) faults.Add($"negative_prompt {negative}");
        foreach (var conflict in proposed.Contradictions.Take(MostConflicts))
            if (new[] { conflict.Name, conflict.Kept, conflict.Dropped }.Any(text => ShownText.Fault(text, 200) is not null)) faults.Add("contradictions: each has a short name, what is kept and what is dropped.");
        var dropped = rules.Conflicts.Concat(proposed.Contradictions).Select(conflict => conflict.Dropped).ToList();
        var lost = KeptWords.Lost(kept, proposed.RefinedPrompt, dropped);
        if (lost.Count > 0) faults.Add($"refined_prompt: these have to stay: {string.Join(", ", lost)}.");
        var said = rules.RuledOut.Where(term => KeptWords.Has(proposed.RefinedPrompt, term) && !KeptWords.Has(rules.RefinedPrompt, term)).ToList();
        if (said.Count > 0) faults.Add($"refined_prompt: these were ruled out: {string.Join(", ", said)}.");
    }

    private PromptRefinement Refinement(ProposedRefinement proposed)
    {
        var negative = rules.RuledOut.Where(term => !KeptWords.Has(proposed.NegativePrompt, term)).Append(proposed.NegativePrompt.Trim()).Where(part => part.Length > 0);
        return new()
        {
            OriginalPrompt = prompt.Prompt,
            RefinedPrompt = proposed.RefinedPrompt.Trim(),
            NegativePrompt = string.Join(", ", negative),
            Confidence = Math.Round(proposed.Confidence, 2),
            Method = "llm",
            Language = rules.Language,
            RuledOut = rules.RuledOut,
            Conflicts = [.. proposed.Contradictions.Take(MostConflicts)],
            Model = new(model, Version),
        };
    }

    // Halves of surrogate pairs have no place in JSON.
    private static string Whole(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

/// <summary>A refinement as a language model writes it.</summary>
internal sealed record ProposedRefinement
{
    public required string RefinedPrompt { get; init; }

    public required string NegativePrompt { get; init; }

    public IReadOnlyList<PromptConflict> Contradictions { get; init; } = [];

    public required double Confidence { get; init; }
}

/// <summary>Source-generated JSON of refinements: no members that are not known, none twice, none missing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 6)]
[JsonSerializable(typeof(ProposedRefinement))]
internal sealed partial class RefinementJson : JsonSerializerContext;
