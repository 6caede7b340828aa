using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Assistant;

namespace PhotoStudio.Api.Prompts;

/// <summary>Tells what a prompt that stands alone asks for, as a message that begins a conversation would.</summary>
public sealed class PromptIntents(IAssistant assistant)
{
    /// <summary>What the prompt asks for.</summary>
    /// <param name="prompt">The words.</param>
    /// <param name="owner">Whose budget pays where a language model is asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PromptIntent> OfAsync(string prompt, Owner owner, CancellationToken cancellationToken)
    {
        var plan = await assistant.PlanAsync(new AssistantRequest(prompt) { Owner = owner }, cancellationToken);

        // "Please draw me a red house": what is to be seen is the red house alone.
        var drawn = plan.Steps.FirstOrDefault(step => step.Operation == "generate" && step.Serves is null)?.Parameters["prompt"];
        return new PromptIntent(plan, drawn?.GetValue<string>() is { Length: > 0 } words ? words : prompt);
    }
}

/// <summary>What a prompt asks for.</summary>
/// <param name="Plan">What it was taken for.</param>
/// <param name="Words">What of it describes a picture; all of it where it asks for something else.</param>
public sealed record PromptIntent(AssistantPlan Plan, string Words);
