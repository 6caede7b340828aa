using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Batches;

/// <summary>Runs one operation, or several in a row, on many pictures. Answers 202 at once, unless the caller prefers to wait.</summary>
internal static class SubmitBatch
{
    public static async Task<Results<Ok<BatchResource>, Accepted<BatchResource>, StudioProblem>> HandleAsync(
        HttpContext http, Caller caller, BatchCalls calls, BatchPresenter presenter)
    {
        BatchView view;
        try
        {
            view = await calls.RunAsync(http, caller);
        }
        catch (ProblemException exception)
        {
            return exception.Problem;
        }

        http.Response.Headers[BatchCalls.BatchHeader] = view.Batch.Id.ToString("D");
        var shown = await presenter.ShowAsync(view, http.RequestAborted);
        var waited = http.Response.Headers.ContainsKey("Preference-Applied");
        return waited && view.State.IsTerminal() ? TypedResults.Ok(shown) : TypedResults.Accepted(BatchLinks.Self(view.Batch.Id), shown);
    }
}
