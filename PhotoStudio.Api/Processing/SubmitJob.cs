using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Processing;

/// <summary>
/// Submits a job of any operation, which the body names as <c>job_type</c>. Answers 202 unless the caller prefers to wait, or with
/// <c>stream</c> and <c>Accept: text/event-stream</c> the events themselves.
/// </summary>
internal sealed class SubmitJob(RequestContentReader reader, OperationCalls calls, JobPresenter presenter, JobEventStream stream)
{
    private const string JobType = "job_type";

    private static readonly CallRules Rules = new()
    {
        Asynchronous = true,
        Ignored = new HashSet<string>(StringComparer.Ordinal)
        {
            // What a job of one kind or another may carry. A field that the operation has as a parameter is read all the same.
            JobType, "operation", "prompt", "negative_prompt", "title", "description",
        },
    };

    public static Task<Results<Ok<Envelope<JobResource>>, Accepted<Envelope<JobResource>>, EventStreamResult, StudioProblem>> HandleAsync(
        HttpContext http, Caller caller, SubmitJob submit) => submit.RunAsync(http, caller, null, []);

    /// <summary>Submits what the request says.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="type">The operation, where the request does not name it.</param>
    /// <param name="presets">Values that hold unless the request gives others.</param>
    /// <param name="accepted">Hears of the job once it is accepted.</param>
    public async Task<Results<Ok<Envelope<JobResource>>, Accepted<Envelope<JobResource>>, EventStreamResult, StudioProblem>> RunAsync(
        HttpContext http, Caller caller, Operation? type, IReadOnlyList<KeyValuePair<string, RawValue>> presets, Func<Job, Task>? accepted = null)
    {
        var content = await reader.ReadAsync(http, http.RequestAborted);
        if (type is null && !TryFindType(content, out type)) return StudioProblem.Validation(content.Faults);

        var streams = JobFields.Streams(content);
        var merged = JobFields.Translate(content with { Values = [.. presets, .. content.Values] }, type!);
        switch (await calls.RunAsync(http, caller, type!, merged, Rules))
        {
            case CallResult.Completed completed:
                if (accepted is not null) await accepted(completed.Job);
                http.Response.Headers[OperationCalls.JobHeader] = completed.Job.Id.ToString("D");
                return TypedResults.Ok(Wrap(completed.Job, presenter.Show(completed.Job, completed.Results, null), streams));
            case CallResult.Accepted { Job: var job }:
                if (accepted is not null) await accepted(job);
                http.Response.Headers[OperationCalls.JobHeader] = job.Id.ToString("D");
                if (streams && WantsEvents(http.Request) && stream.HasRoom)
                    return new EventStreamResult(response => stream.WriteAsync(job, null, withBytes: true, response, http.RequestAborted));
                return TypedResults.Accepted(JobLinks.Self(job.Id), Wrap(job, await presenter.ShowAsync(job, http.RequestAborted), streams));
            case CallResult.Refused refused:
                return refused.Problem;
            case var other:
                throw new InvalidOperationException($"A call had the unknown result {other.GetType().Name}.");
        }
    }

    private static bool TryFindType(RequestContent content, out Operation? operation)
    {
        var name = content.Text(JobType) ?? content.Text("operation");
        if (JobTypes.TryFind(name, out operation)) return true;
        content.Faults.Add(JobType, $"{(name is null ? "is required" : "is no operation of this studio")}. Known: {JobTypes.Known}.");
        return false;
    }

    private static bool WantsEvents(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase) && accepted.Quality is not 0);

    private static Envelope<JobResource> Wrap(Job job, JobResource shown, bool streams) =>
        new(streams ? shown with { EventsUrl = $"{shown.EventsUrl}&{WatchJob.Bytes}=true" } : shown, ShowJob.Sentence(job));
}
