namespace PhotoStudio.Core.Prompts;

/// <summary>How a prompt is refined.</summary>
public enum RefinementMethod
{
    /// <summary>By a language model where one is configured, otherwise, and where it fails, by rules.</summary>
    Auto,

    /// <summary>By rules.</summary>
    RuleBased,

    /// <summary>By a language model, or not at all.</summary>
    Llm,
}

/// <summary>Chooses among the refiners there are. Refining by rules is always one of them.</summary>
public sealed class PromptRefiners(IEnumerable<IPromptRefiner> refiners)
{
    private readonly IPromptRefiner[] _refiners = [.. refiners];

    /// <summary>Refines a prompt.</summary>
    /// <exception cref="PromptRefinementException">A language model was asked for by name, and it is missing or fails.</exception>
    public async ValueTask<PromptRefinement> RefineAsync(PromptToRefine prompt, RefinementMethod method, CancellationToken cancellationToken)
    {
        if (method == RefinementMethod.RuleBased) return RuleBasedPromptRefiner.Refine(prompt);
        var model = Array.Find(_refiners, refiner => refiner.Method == "llm");
        if (model is { Missing: null })
        {
            try
            {
                return await model.RefineAsync(prompt, cancellationToken);
            }
            catch (PromptRefinementException) when (method == RefinementMethod.Auto)
            {
                // The caller asked for the best there is; the result says which method it was.
            }
        }
        else if (method == RefinementMethod.Llm)
        {
            throw new PromptRefinementException(model?.Missing ?? "No language model is configured; leave out the method, or ask for 'rule_based'.");
        }

        return RuleBasedPromptRefiner.Refine(prompt);
    }
}
