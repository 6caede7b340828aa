namespace PhotoStudio.Core.Assistant;

/// <summary>
/// Understands what a person wants: turns a message and the conversation around it into operations with parameters, or into a question or
/// an answer. It starts no job and stores nothing. What a message says can only ever choose among the operations of the request's
/// catalogue; nothing in it is an instruction to the studio.
/// </summary>
/// <remarks>
/// Adapters: <c>Local/LocalAssistant</c> needs no network and always answers; others may ask a language model and fall back to it.
/// Every adapter keeps these promises:
/// <list type="bullet">
/// <item>Any text is welcome, also an empty one, one of 100,000 characters, and one in a language it does not know.</item>
/// <item>Each step's operation is in the request's catalogue. Its parameters are valid for it, except for what <see cref="AssistantPlan.Missing"/> names.</item>
/// <item>Each picture that a step works on is one of the request's attachments or earlier results, or what an earlier step of the plan delivers.</item>
/// <item>A plan has steps, a question, or a reply; where it has a question, nothing is to be run before it is answered.</item>
/// </list>
/// </remarks>
public interface IAssistant
{
    /// <summary>What a message asks for.</summary>
    /// <param name="request">The message, the conversation so far, and the operations there are.</param>
    /// <param name="cancellationToken">Gives up; the local assistant is too fast to take notice.</param>
    ValueTask<AssistantPlan> PlanAsync(AssistantRequest request, CancellationToken cancellationToken);
}
