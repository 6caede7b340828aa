using System.Text.Json;
using System.Text.Json.Nodes;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Submission;

/// <summary>Shows jobs and their results as the API's resources, with URLs signed for this moment.</summary>
public sealed class JobPresenter(IJobStore jobs, IImageStore images, IBlobUrls urls, JobLinks links)
{
    /// <summary>How long the URLs of results work.</summary>
    public static readonly TimeSpan UrlLifetime = TimeSpan.FromHours(24);

    /// <summary>Shows a job with its results and, while it waits, its place in the queue.</summary>
    public async Task<JobResource> ShowAsync(Job job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var results = job.State == JobState.Completed ? await images.ResultsOfAsync(job.Owner, job.Id, cancellationToken) : [];
        var standing = job.State == JobState.Pending ? await jobs.StandingAsync(job, cancellationToken) : null;
        return Show(job, results, standing);
    }

    /// <summary>Shows a page of one owner's jobs, with one question for all their results.</summary>
    public async Task<Page<JobResource>> ShowAsync(Owner owner, Page<Job> page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        var completed = page.Items.Where(job => job.State == JobState.Completed).Select(job => job.Id).ToList();
        var results = await images.ResultsOfAsync(owner, completed, cancellationToken);
        var shown = new List<JobResource>(page.Items.Count);
        foreach (var job in page.Items)
        {
            var standing = job.State == JobState.Pending ? await jobs.StandingAsync(job, cancellationToken) : null;
            shown.Add(Show(job, [.. results[job.Id]], standing));
        }

        return new Page<JobResource>(shown, page.Number, page.Size, page.Total);
    }

    /// <summary>Shows a job whose results and standing are known.</summary>
    public JobResource Show(Job job, IReadOnlyList<StudioImage> results, QueueStanding? standing)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new JobResource
        {
            Id = job.Id,
            Status = job.State.WireName(),
            Operation = job.Operation,
            Parameters = JsonNode.Parse(job.Parameters)!.AsObject(),
            CreatedAt = job.CreatedAt,
            StartedAt = job.StartedAt,
            FinishedAt = job.FinishedAt,
            Progress = job.Progress,
            Stage = job.Stage,
            Attempt = job.Attempt,
            Error = job.Failure is { } failure ? new JobErrorResource(failure.Code, failure.Message) : null,
            Results = [.. results.Select(Show)],
            Data = job.Data is { } data ? JsonNode.Parse(data) : null,
            Metadata = Show(job.Engine),
            Queue = standing is null ? null : Show(standing),
            PipelineId = job.FlowId,
            Step = job.FlowId is null ? null : job.FlowStep,
            BatchId = job.BatchId,
            EventsUrl = links.Events(job.Id),
            Links = new JobLinksResource(JobLinks.Self(job.Id), JobLinks.Cancel(job.Id), $"/api/v1/operations/{job.Operation}"),
        };
    }

    /// <summary>Shows one result.</summary>
    public ResultResource Show(StudioImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new ResultResource(
            image.Id,
            urls.Sign(image.BlobKey, UrlLifetime),
            urls.Sign(image.BlobKey, UrlLifetime, FileName(image)),
            image.Width,
            image.Height,
            image.ContentType,
            image.Bytes,
            image.Sha256,
            image.CreatedAt);
    }

    /// <summary>Shows what ran a job.</summary>
    public static EngineResource? Show(EngineReport? engine) => engine is null ? null : new EngineResource(
        engine.Engine,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(engine.Tier.ToString()),
        engine.Version,
        engine.Model,
        engine.Device,
        engine.Seed,
        engine.Milliseconds,
        engine.Confidence,
        engine.Notes);

    /// <summary>
    /// Shows a place in the queue. The estimate takes the jobs that run now as the number of slots: everything ahead goes
    /// through them at the operation's mean duration, and then the job itself runs.
    /// </summary>
    public static QueueResource Show(QueueStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        var rounds = 1 + ((double)standing.Ahead / Math.Max(1, standing.Running));
        double? estimate = standing.MeanDuration is { } mean ? Math.Round(rounds * mean.TotalSeconds, 1) : null;
        return new QueueResource(standing.Ahead + 1, standing.Running, estimate);
    }

    /// <summary>The file name a picture is saved under: what made it, a part of its id, and its own extension.</summary>
    public static string FileName(StudioImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return $"{image.Operation ?? "upload"}-{image.Id.ToString("N")[^8..]}{Path.GetExtension(image.BlobKey)}";
    }
}
