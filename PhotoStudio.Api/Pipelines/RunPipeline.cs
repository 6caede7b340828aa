using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Pipelines;

/// <summary>Runs several operations in a row on one picture. Answers the last step's picture or the pipeline as JSON, by Accept.</summary>
internal static class RunPipeline
{
    public static async Task<Results<PictureAnswer, Ok<PipelineResource>, Accepted<PipelineResource>, StudioProblem>> RunAsync(
        HttpContext http, Caller caller, PipelineCalls calls, PipelinePresenter presenter, IImageStore images)
    {
        AnswerFormat? format = null;
        PipelineView view;
        try
        {
            view = await calls.RunAsync(http, caller, call => format = Choose(http, call.Steps[^1].Operation));
        }
        catch (ProblemException exception)
        {
            return exception.Problem;
        }

        var flow = view.Flow;
        http.Response.Headers[PipelineCalls.PipelineHeader] = flow.Id.ToString("D");
        switch (flow.State)
        {
            case JobState.Completed:
                var results = await images.ResultsOfAsync(flow.Owner, [.. view.Jobs.Select(job => job.Id)], http.RequestAborted);
                if (format == AnswerFormat.Picture && PipelinePresenter.Outcome(view, results) is [var picture])
                    return new PictureAnswer(view.Jobs[^1], picture);
                return TypedResults.Ok(await presenter.ShowAsync(view, http.RequestAborted));
            case JobState.Failed:
                return Failed(view);
            case JobState.Cancelled:
                return CallProblems.Cancelled("pipeline", PipelineLinks.Self(flow.Id));
            default:
                return TypedResults.Accepted(PipelineLinks.Self(flow.Id), await presenter.ShowAsync(view, http.RequestAborted));
        }
    }

    private static AnswerFormat Choose(HttpContext http, Operation last) => AnswerFormats.Choose(http.Request.Headers.Accept, last)
        ?? throw StudioProblem.Of(ProblemCode.NotAcceptable, "A result is application/json or, where it is one picture, image/*.").ToException();

    private static StudioProblem Failed(PipelineView view)
    {
        var problem = FailureProblems.From(view.Failure ?? new JobFailure("operation_failed", "The step failed."));
        return problem with
        {
            Detail = $"Step {view.Flow.CurrentStep + 1} of {view.Flow.Steps.Count} ({view.Flow.Steps[view.Flow.CurrentStep].Operation}): {problem.Detail}",
            Location = PipelineLinks.Self(view.Flow.Id),
        };
    }
}
