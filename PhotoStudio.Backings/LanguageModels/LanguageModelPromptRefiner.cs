using Microsoft.Extensions.Options;
using PhotoStudio.Core.Prompts;
using PhotoStudio.Core.Prompts.Proposals;

namespace PhotoStudio.Backings.LanguageModels;

/// <summary>Refines prompts with a language model. What it says is only a proposal: <see cref="RefineDialogue"/> holds it to the original.</summary>
public sealed class LanguageModelPromptRefiner(LanguageModelCalls calls, IOptions<LanguageModelOptions> options) : IPromptRefiner
{
    /// <inheritdoc/>
    public string Method => "llm";

    /// <inheritdoc/>
    public string? Missing => options.Value.Refine ? null : $"Refining with the language model is switched off ({LanguageModelOptions.Section}:{nameof(LanguageModelOptions.Refine)}).";

    /// <inheritdoc/>
    public async ValueTask<PromptRefinement> RefineAsync(PromptToRefine prompt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (prompt.Owner is not { } owner) throw new PromptRefinementException("A language model is asked only for someone, whose budget pays.");
        try
        {
            return await calls.AskAsync(new RefineDialogue(prompt, calls.Model), owner, cancellationToken);
        }
        catch (LanguageModelException exception)
        {
            throw new PromptRefinementException(exception.Message, exception);
        }
    }
}
