using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Operations;

/// <summary>Runs an operation.</summary>
internal static class RunOperation
{
    /// <summary>
    /// Runs an operation on a picture in any form, with parameters from the query, a JSON body (at the top or under
    /// <c>parameters</c>) or form fields. Answers the picture's bytes or the job as JSON, by Accept.
    /// </summary>
    public static async Task<Results<PictureAnswer, Ok<JobResource>, Accepted<JobResource>, StudioProblem>> RunAsync(
        string name, HttpContext http, Caller caller, OperationCalls calls, CallAnswers answers)
    {
        if (!OperationLookup.TryFind(name, out var operation, out var problem)) return problem;
        if (AnswerFormats.Choose(http.Request.Headers.Accept, operation) is not { } format)
            return StudioProblem.Of(ProblemCode.NotAcceptable, "A result is application/json or, where it is one picture, image/*.");

        var result = await calls.RunAsync(http, caller, operation, CallRules.Default);
        return await answers.AnswerAsync(http, result, format);
    }
}
