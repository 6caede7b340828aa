using System.Text.Json.Nodes;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Prompts;

namespace PhotoStudio.Core.Jobs;

/// <summary>
/// What the engine is given in place of a job's prompt. The job's parameters keep the person's own words, so that the history shows them
/// and a later wish ("again, but warmer") starts from them.
/// </summary>
/// <param name="Prompt">The refined prompt, in English.</param>
/// <param name="NegativePrompt">What must not be seen, in English; added to what the parameters rule out themselves.</param>
public sealed record JobRefinement(string Prompt, string NegativePrompt)
{
    private const string PromptName = "prompt";
    private const string NegativeName = "negative_prompt";
    private const int MaxNegative = 2_000;

    /// <summary>What a refined prompt means for a job; null where it has grown too long for an engine.</summary>
    public static JobRefinement? Of(PromptRefinement refinement)
    {
        ArgumentNullException.ThrowIfNull(refinement);
        return refinement.RefinedPrompt.Length is > 0 and <= PromptToRefine.MaxLength
            ? new JobRefinement(refinement.RefinedPrompt, refinement.NegativePrompt)
            : null;
    }

    /// <summary>The parameters for the engine.</summary>
    /// <param name="parameters">A job's parameters as JSON; they stay as they are where the operation has no prompt.</param>
    /// <param name="operation">The operation's wire name.</param>
    public string ApplyTo(string parameters, string operation)
    {
        if (!OperationCatalog.TryFind(operation, out var known) || known.FindParameter(PromptName) is null) return parameters;
        if (JsonNode.Parse(parameters) is not JsonObject given) return parameters;

        given[PromptName] = Prompt;
        if (known.FindParameter(NegativeName) is not null)
        {
            var own = given[NegativeName] is JsonValue value && value.TryGetValue(out string? text) ? text.Trim() : "";
            var both = own.Length == 0 ? NegativePrompt : NegativePrompt.Length == 0 ? own : $"{own}, {NegativePrompt}";
            given[NegativeName] = both.Length <= MaxNegative ? both : own;
        }

        return given.ToJsonString();
    }
}
