using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Moderation;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Prompts;

namespace PhotoStudio.Api.Prompts;

/// <summary>Refines a prompt and stores nothing.</summary>
internal static class RefinePrompt
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public static async Task<Results<Ok<RefinedPromptResource>, StudioProblem>> HandleAsync(
        RefineRequest request, Caller caller, PromptRefiners refiners, PromptGate gate, TimeProvider time, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        if (caller.As(request.UserId, faults) is not { } owner) return StudioProblem.Validation(faults);
        gate.Check(request.Prompt!);
        var start = time.GetTimestamp();
        try
        {
            var refinement = await refiners.RefineAsync(request.ToRefine with { Owner = owner }, request.HowToRefine, cancellationToken);
            return TypedResults.Ok(RefinedPromptResource.Of(refinement, time.GetElapsedTime(start)));
        }
        catch (PromptRefinementException exception)
        {
            return StudioProblem.Of(ProblemCode.LanguageModelUnavailable, exception.Message) with { RetryAfter = Pause };
        }
    }
}
