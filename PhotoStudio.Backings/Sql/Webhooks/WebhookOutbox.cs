using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Backings.Sql.Webhooks;

/// <summary>Writes the messages about a job into the transaction that ends it, so that none is told that did not happen, and none is lost.</summary>
internal static class WebhookOutbox
{
    /// <summary>Puts a message for every webhook that wants it into the context.</summary>
    public static async Task AddAsync(
        StudioDbContext db, JobRow row, Job job, IReadOnlyList<StudioImage> results, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var owner = job.Owner.Text;
        var type = job.State switch
        {
            JobState.Completed => WebhookEvents.JobCompleted,
            JobState.Failed => WebhookEvents.JobFailed,
            JobState.Cancelled => WebhookEvents.JobCancelled,
            _ => throw new ArgumentException("A message tells how a job ended.", nameof(job)),
        };
        var webhooks = await db.Set<WebhookRow>().AsNoTracking().Where(webhook => webhook.Owner == owner && webhook.Enabled && webhook.Url != null).ToListAsync(cancellationToken);
        if (webhooks.Count == 0 && row.WebhookUrl is null) return;

        var payload = JsonSerializer.Serialize(
            new JobMessage(type, now, new JobMessageData
            {
                JobId = job.Id,
                Operation = job.Operation,
                Status = job.State.WireName(),
                CreatedAt = job.CreatedAt,
                FinishedAt = job.FinishedAt ?? now,
                Error = job.Failure is { } failure && job.State == JobState.Failed ? new JobMessageError(failure.Code, failure.Message) : null,
                Results = [.. results.Select(image => new JobMessageResult(image.Id, image.ContentType, image.Width, image.Height, $"/api/v1/processing/results/{image.Id:D}/download"))],
                PipelineId = job.FlowId,
                Step = job.FlowId is null ? null : job.FlowStep,
                BatchId = job.BatchId,
                Url = $"/api/v1/processing/jobs/{job.Id:D}",
            }),
            WebhookRowJson.Default.JobMessage);
        foreach (var webhook in webhooks.Where(webhook => webhook.ToWebhook().Wants(type)))
            db.Add(NewRow(webhook.Id, webhook.Owner, webhook.Url!, type, payload, job.Id, now));
        if (row.WebhookUrl is not { } url) return;

        // Made when the job was submitted.
        var signer = await JobSecretAsync(db, job.Owner, now, cancellationToken);
        db.Add(NewRow(signer.Id, owner, url, type, payload, job.Id, now));
    }

    /// <summary>A message that is due at once.</summary>
    public static WebhookDeliveryRow NewRow(Guid webhookId, string owner, string url, string type, string payload, Guid? jobId, DateTimeOffset now) => new()
    {
        Id = OrderedId.New(now),
        Owner = owner,
        WebhookId = webhookId,
        Url = url,
        Type = type,
        Payload = payload,
        JobId = jobId,
        State = DeliveryState.Pending,
        CreatedAt = now,
        Since = now,
        NextAt = now,
        Log = "[]",
    };

    /// <summary>What signs the messages to the <c>webhook_url</c> of an owner's jobs; made when there is none yet. Needs the owner's turn.</summary>
    public static async Task<WebhookRow> JobSecretAsync(StudioDbContext db, Owner owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        var known = await db.Set<WebhookRow>().Where(row => row.Owner == name && row.Url == null)
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (known is not null) return known;

        var made = NewJobSecret(owner, now).ToRow();
        db.Add(made);
        return made;
    }

    private static Webhook NewJobSecret(Owner owner, DateTimeOffset now) => new()
    {
        Id = OrderedId.New(now),
        Owner = owner,
        Url = null,
        Secret = WebhookSignature.NewSecret(),
        CreatedAt = now,
    };
}

/// <summary>The body of a message about a job.</summary>
/// <param name="Type">The type of the event.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">What happened.</param>
internal sealed record JobMessage(string Type, DateTimeOffset Timestamp, JobMessageData Data);

/// <summary>How a job ended.</summary>
internal sealed record JobMessageData
{
    public required Guid JobId { get; init; }

    public required string Operation { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset FinishedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobMessageError? Error { get; init; }

    public required IReadOnlyList<JobMessageResult> Results { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? PipelineId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Step { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? BatchId { get; init; }

    public required string Url { get; init; }
}

/// <summary>Why a job failed.</summary>
internal sealed record JobMessageError(string Code, string Message);

/// <summary>A picture that a job made.</summary>
internal sealed record JobMessageResult(Guid Id, string ContentType, int Width, int Height, string Url);
