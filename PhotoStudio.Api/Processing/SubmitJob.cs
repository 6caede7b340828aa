using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Processing;

/// <summary>Submits a job of any operation, which the body names as <c>job_type</c>. Answers 202 unless the caller prefers to wait.</summary>
internal static class SubmitJob
{
    private const string JobType = "job_type";

    private static readonly CallRules Rules = new()
    {
        Asynchronous = true,
        Ignored = new HashSet<string>(StringComparer.Ordinal)
        {
            // What a job of one kind or another may carry. A field that the operation has as a parameter is read all the same.
            JobType, "operation", "prompt", "negative_prompt", "style_id", "quality", "background", "output_format", "size", "stream", "title", "description",
        },
    };

    // The job types that have another name than the operation.
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase) { ["generation"] = "generate" };

    public static async Task<Results<Ok<Envelope<JobResource>>, Accepted<Envelope<JobResource>>, StudioProblem>> HandleAsync(
        HttpContext http,
        Caller caller,
        RequestContentReader reader,
        OperationCalls calls,
        JobPresenter presenter)
    {
        var content = await reader.ReadAsync(http, http.RequestAborted);
        var name = content.Text(JobType) ?? content.Text("operation");
        if (!OperationCatalog.TryFind(name is not null && Names.TryGetValue(name.Trim(), out var known) ? known : name, out var operation))
        {
            content.Faults.Add(JobType, $"{(name is null ? "is required" : "is no operation of this studio")}. Known: {KnownNames}.");
            return StudioProblem.Validation(content.Faults);
        }

        var result = await calls.RunAsync(http, caller, operation, content, Rules);
        switch (result)
        {
            case CallResult.Completed completed:
                http.Response.Headers[OperationCalls.JobHeader] = completed.Job.Id.ToString("D");
                return TypedResults.Ok(Wrap(completed.Job, presenter.Show(completed.Job, completed.Results, null)));
            case CallResult.Accepted { Job: var job }:
                http.Response.Headers[OperationCalls.JobHeader] = job.Id.ToString("D");
                return TypedResults.Accepted(JobLinks.Self(job.Id), Wrap(job, await presenter.ShowAsync(job, http.RequestAborted)));
            case CallResult.Refused refused:
                return refused.Problem;
            default:
                throw new InvalidOperationException($"A call had the unknown result {result.GetType().Name}.");
        }
    }

    private static string KnownNames => string.Join(", ", OperationCatalog.All.Select(operation => operation.Name));

    private static Envelope<JobResource> Wrap(Job job, JobResource shown) => new(shown, ShowJob.Sentence(job));
}
