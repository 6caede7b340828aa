using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Restoration;

/// <summary>Restoration and detection as jobs that go on without the caller: <c>/api/ai/jobs</c>.</summary>
internal static class RestorationJobs
{
    /// <summary>The field that names what is done.</summary>
    public const string TaskField = "task";

    private static readonly CallRules Rules = new() { RejectUnknown = false, Asynchronous = true };

    /// <summary>The operations that may be asked for.</summary>
    private static IReadOnlyList<string> Tasks { get; } =
    [
        .. ((string[])["face-enhance", "upscale", "denoise", "detect-faces", "detect-objects"]).Where(name => OperationCatalog.TryFind(name, out _)),
    ];

    /// <summary>The schema of <see cref="TaskField"/>.</summary>
    public static JsonObject TaskSchema() =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. Tasks.Select(name => (JsonNode)name)]) };

    /// <summary>Submits a job; 202 unless the caller prefers to wait.</summary>
    public static async Task<Results<PictureAnswer, Ok<JobResource>, Accepted<JobResource>, StudioProblem>> SubmitAsync(
        HttpContext http, Caller caller, RequestContentReader reader, OperationCalls calls, CallAnswers answers)
    {
        var content = await reader.ReadAsync(http, http.RequestAborted);
        var name = content.Text(TaskField);
        if (!OperationCatalog.TryFind(name, out var operation) || !Tasks.Contains(operation.Name))
        {
            content.Faults.Add(TaskField, $"{(name is null ? "is required" : "is no task of this group")}. Known: {string.Join(", ", Tasks)}.");
            return StudioProblem.Validation(content.Faults);
        }

        return await answers.AnswerAsync(http, await calls.RunAsync(http, caller, operation, content, Rules), AnswerFormat.Json);
    }

    /// <summary>Shows a job.</summary>
    public static async Task<Results<Ok<JobResource>, StudioProblem>> ShowAsync(
        Guid id, Caller caller, IJobStore jobs, JobPresenter presenter, CancellationToken cancellationToken) =>
        await jobs.FindAsync(caller.Owner, id, cancellationToken) is { } job
            ? TypedResults.Ok(await presenter.ShowAsync(job, cancellationToken))
            : StudioProblem.Missing("job");
}
