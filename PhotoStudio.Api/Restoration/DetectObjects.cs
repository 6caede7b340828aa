using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Restoration;

/// <summary>Finds the things in a picture and stores nothing.</summary>
internal static class DetectObjects
{
    private static readonly CallRules Rules = new() { RejectUnknown = false };

    public static async Task<Results<Ok<DetectedObjectsResource>, StudioProblem>> HandleAsync(HttpContext http, Caller caller, DirectCalls calls)
    {
        try
        {
            var result = await calls.RunAsync(http, caller, OperationCatalog.Get("detect-objects"), Rules);
            var found = JsonSerializer.Deserialize(result.Data!, RestorationJson.Default.DetectedObjectsResource)!;
            return TypedResults.Ok(found with { Metadata = JobPresenter.Show(result.Engine) });
        }
        catch (ProblemException exception)
        {
            return exception.Problem;
        }
    }
}
