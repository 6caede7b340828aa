using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Features;

/// <summary>
/// Runs one operation for an endpoint with a path of its own. Such endpoints answer JSON; a caller who names
/// <c>image/*</c> in Accept gets the picture itself.
/// </summary>
public sealed class FeatureCalls(
    OperationCalls calls, JobPresenter presenter, JobLinks links, IImageStore images, IBlobStore blobs)
{
    /// <summary>Runs the operation and answers.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="operation">The operation's name.</param>
    /// <param name="rules">How this endpoint calls it.</param>
    /// <param name="withBytes">Whether the JSON carries the picture as base64 besides its URL.</param>
    /// <param name="location">Where a task that goes on is asked for; null for the job itself.</param>
    public async Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> AnswerAsync(
        HttpContext http,
        Caller caller,
        string operation,
        CallRules rules,
        bool withBytes,
        Func<Guid, string>? location = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        var declared = OperationCatalog.Get(operation);
        var result = await calls.RunAsync(http, caller, declared, rules);
        switch (result)
        {
            case CallResult.Completed { Results: [var picture, ..] } completed when WantsPicture(http.Request, declared):
                return new PictureAnswer(completed.Job, picture);
            case CallResult.Completed { Results: [var picture, ..] } completed:
                http.Response.Headers[OperationCalls.JobHeader] = completed.Job.Id.ToString("D");
                return TypedResults.Ok(await ShowAsync(completed.Job, picture, withBytes, http.RequestAborted));
            case CallResult.Accepted { Job: var job }:
                http.Response.Headers[OperationCalls.JobHeader] = job.Id.ToString("D");
                return TypedResults.Accepted(
                    location?.Invoke(job.Id) ?? JobLinks.Self(job.Id),
                    new FeatureResource { Status = "PROCESSING", RequestId = job.Id, EventsUrl = links.Events(job.Id) }.WithPromptsOf(job));
            case CallResult.Refused refused:
                return refused.Problem;
            default:
                throw new InvalidOperationException($"A call of {operation} had the unexpected result {result.GetType().Name}.");
        }
    }

    /// <summary>Shows how a task stands, with its first result when it is done.</summary>
    public async Task<FeatureResource> ShowAsync(Job job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        switch (job.State)
        {
            case JobState.Completed when await images.ResultsOfAsync(job.Owner, job.Id, cancellationToken) is [var picture, ..]:
                return await ShowAsync(job, picture, withBytes: false, cancellationToken) with { Progress = 1 };
            case JobState.Pending or JobState.Processing:
                return new FeatureResource
                {
                    Status = "PROCESSING",
                    RequestId = job.Id,
                    Progress = job.Progress,
                    Stage = job.Stage,
                    EventsUrl = links.Events(job.Id),
                }.WithPromptsOf(job);
            default:
                return new FeatureResource
                {
                    Status = "FAILED",
                    RequestId = job.Id,
                    Progress = job.Progress,
                    Error = job.Failure?.Message ?? (job.State == JobState.Cancelled ? "The task was called off." : "The result was deleted."),
                }.WithPromptsOf(job);
        }
    }

    private static bool WantsPicture(HttpRequest request, Operation operation) =>
        AnswerFormats.Choose(request.Headers.Accept, operation) == AnswerFormat.Picture
        && MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges)
        && ranges.Any(range => range.Type.Equals("image", StringComparison.OrdinalIgnoreCase) && range.Quality is not 0)
        && !ranges.Any(range => range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private async Task<FeatureResource> ShowAsync(Job job, StudioImage picture, bool withBytes, CancellationToken cancellationToken)
    {
        var shown = presenter.Show(picture);
        return new FeatureResource
        {
            Status = "DONE",
            RequestId = job.Id,
            ImageId = picture.Id,
            ImageUrl = shown.Url,
            DownloadUrl = shown.DownloadUrl,
            Width = picture.Width,
            Height = picture.Height,
            ContentType = picture.ContentType,
            ImageBytes = withBytes ? await ReadAsync(picture, cancellationToken) : null,
            Metadata = JobPresenter.Show(job.Engine),
            Data = job.Data is { } data ? JsonNode.Parse(data) : null,
            ProcessingTime = job.FinishedAt is { } finished ? Math.Round((finished - job.CreatedAt).TotalSeconds, 3) : null,
        }.WithPromptsOf(job);
    }

    private async Task<byte[]> ReadAsync(StudioImage picture, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenReadAsync(picture.BlobKey, null, cancellationToken)
            ?? throw new StorageException("The result's file is missing from the storage.");
        var bytes = new byte[picture.Bytes];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
