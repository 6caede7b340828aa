using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Prompts;

namespace PhotoStudio.Api.Submission;

/// <summary>Refines the prompt among an operation's parameters, for endpoints that promise a refined one.</summary>
public sealed class PromptRefining(PromptRefiners refiners)
{
    /// <summary>What the engine is to be given in place of the prompt; null where there is none to refine.</summary>
    /// <param name="parameters">The operation's parameters; a style among them counts.</param>
    /// <param name="owner">Whose budget pays where a language model is asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<JobRefinement?> RefineAsync(OperationParameters parameters, Owner owner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Operation.FindParameter("prompt") is not TextParameter parameter || !parameters.TryGet(parameter, out var prompt)) return null;
        if (string.IsNullOrWhiteSpace(prompt) || prompt.Length > PromptToRefine.MaxLength) return null;

        // A default names no style that anybody chose.
        var style = parameters.ToJsonObject()["style"]?.GetValue<string>();
        return JobRefinement.Of(await refiners.RefineAsync(new PromptToRefine(prompt, style) { Owner = owner }, RefinementMethod.Auto, cancellationToken));
    }
}
