using Microsoft.Extensions.Options;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Assistant.Local;
using PhotoStudio.Core.Assistant.Proposals;

namespace PhotoStudio.Backings.LanguageModels;

/// <summary>
/// Understands messages with a language model, and without one where that fails, is slow, costs more than is left, or answers nonsense. What
/// the model says is only a proposal: <see cref="PlanDialogue"/> holds it to the request.
/// </summary>
public sealed class LanguageModelAssistant(LocalAssistant local, LanguageModelCalls calls, IOptions<LanguageModelOptions> options) : IAssistant
{
    private readonly bool _isOn = options.Value.Understand;

    /// <inheritdoc/>
    public async ValueTask<AssistantPlan> PlanAsync(AssistantRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var own = local.Plan(request);
        if (!_isOn || request.Owner is not { } owner || !IsWorthAsking(request, own)) return own;
        try
        {
            return await calls.AskAsync(new PlanDialogue(request, own, calls.Model), owner, cancellationToken);
        }
        catch (LanguageModelException)
        {
            return own;
        }
    }

    // A model is not needed for silence, for what no person writes, and for the answer to the studio's own question.
    private static bool IsWorthAsking(AssistantRequest request, AssistantPlan own)
    {
        if (request.Message.Length > PlanDialogue.LongestMessage || !request.Message.Any(char.IsLetterOrDigit)) return false;
        return request.Context.Messages is not [.., { FromPerson: false, Plan: { Question: not null, Missing.Count: > 0 } asked }]
            || !own.IsReady || !own.Operations.SequenceEqual(asked.Operations, StringComparer.Ordinal);
    }
}
