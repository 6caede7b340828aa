using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Images;
using PhotoStudio.Backings.Sql.Quotas;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Backings.Sql.Webhooks;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Backings.Sql.Jobs;

/// <content>Accepting jobs.</content>
public sealed partial class SqlJobStore
{
    /// <inheritdoc/>
    public Task<SubmitOutcome> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        Check(submission);
        return database.WriteAsync(TurnOf(submission.Owner), (db, now, token) => SubmitAsync(db, submission, now, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<(Job Job, string Fingerprint)?> FindByKeyAsync(
        Owner owner,
        string method,
        string route,
        string key,
        CancellationToken cancellationToken) =>
        database.ReadAsync<(Job, string)?>(
            async (db, now, token) =>
            {
                var known = await FindKeyAsync(db, owner, method, route, key, token);
                return known is null || IsExpired(known, now) ? null : (await JobOfAsync(db, known, token), known.Fingerprint);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> ForgetKeysAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                var oldest = now - IdempotencyKey.Lifetime;
                return await db.IdempotencyKeys.Where(row => row.CreatedAt <= oldest).ExecuteDeleteAsync(token)
                    + await db.ImageKeys.Where(row => row.CreatedAt <= oldest).ExecuteDeleteAsync(token);
            },
            cancellationToken);

    private static void Check(JobSubmission submission)
    {
        if (submission.Flow?.FollowingSteps.Count >= Flow.MaxSteps)
            throw new ArgumentException($"A flow has at most {Flow.MaxSteps} steps.", nameof(submission));
        if (submission.Uploads.Any(upload => upload.Owner != submission.Owner || upload.Kind != ImageKind.Upload))
            throw new ArgumentException("The uploads of a job are uploads of its owner.", nameof(submission));
        if (submission.Idempotency is { Key.Length: 0 or > IdempotencyKey.MaxLength })
            throw new ArgumentException($"An idempotency key has 1 to {IdempotencyKey.MaxLength} characters.", nameof(submission));
    }

    private async Task<SubmitOutcome> SubmitAsync(
        StudioDbContext db,
        JobSubmission submission,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var owner = submission.Owner.Text;
        if (submission.Idempotency is { } key)
        {
            var known = await FindKeyAsync(db, submission.Owner, key.Method, key.Route, key.Key, cancellationToken);
            if (known is not null && !IsExpired(known, now))
            {
                return known.Fingerprint == key.Fingerprint
                    ? new SubmitOutcome.Repeated(await JobOfAsync(db, known, cancellationToken))
                    : new SubmitOutcome.KeyReused();
            }

            Remember(db, known, submission.Owner, submission.Id, key, now);
        }

        var unfinished = await db.Jobs.CountAsync(row => row.Owner == owner && row.FinishedAt == null, cancellationToken);
        if (unfinished >= _options.MaxUnfinishedPerOwner) return new SubmitOutcome.QueueFull(_options.MaxUnfinishedPerOwner);

        var taking = await QuotaLedger.TakeAsync(db, quotas.CurrentValue, submission.Owner, ChargesOf(submission), now, cancellationToken);
        if (!taking.Taken) return new SubmitOutcome.QuotaExceeded(taking.Standing!);

        var job = ToJob(submission, now);
        if (submission.Flow is { } plan) db.Flows.Add(ToFlow(submission, plan, now).ToRow());
        var row = job.ToRow();
        db.Jobs.Add(row);
        if (submission.WebhookUrl is { } url)
        {
            row.WebhookUrl = url;
            await WebhookOutbox.JobSecretAsync(db, submission.Owner, now, cancellationToken);
        }

        db.AddIndexed(submission.Uploads);
        await db.SaveChangesAsync(cancellationToken);
        return new SubmitOutcome.Accepted(job) { Quota = taking.Standing };
    }

    /// <summary>An owner's submissions are taken one after another, so that the limit on the number of unfinished jobs holds.</summary>
    private static WriteMode TurnOf(Owner owner) => QuotaLedger.TurnOf(owner);

    /// <summary>What a submission costs: a job by itself, or every step of a flow.</summary>
    private static IReadOnlyList<QuotaCharge> ChargesOf(JobSubmission submission)
    {
        var first = submission.Parameters.Operation.Cost;
        if (submission.Flow is not { } plan) return [new QuotaCharge(submission.Id, 0, first)];

        var following = plan.FollowingSteps.Select((step, index) => new QuotaCharge(plan.Id, index + 1, OperationCatalog.Get(step.Operation).Cost));
        return [new QuotaCharge(plan.Id, 0, first), .. following];
    }

    private static void Remember(
        StudioDbContext db,
        IdempotencyRow? expired,
        Owner owner,
        Guid jobId,
        IdempotencyKey key,
        DateTimeOffset now)
    {
        if (expired is not null)
        {
            (expired.Fingerprint, expired.JobId, expired.CreatedAt) = (key.Fingerprint, jobId, now);
            return;
        }

        db.IdempotencyKeys.Add(new IdempotencyRow
        {
            Owner = owner.Text,
            Method = key.Method,
            Route = key.Route,
            Key = key.Key,
            Fingerprint = key.Fingerprint,
            JobId = jobId,
            CreatedAt = now,
        });
    }

    private static Job ToJob(JobSubmission submission, DateTimeOffset now) => new()
    {
        Id = submission.Id,
        Owner = submission.Owner,
        Operation = submission.Parameters.Operation.Name,
        Parameters = submission.Parameters.ToJson(),
        Refinement = submission.Refinement,
        Inputs = submission.Inputs,
        Lane = submission.Lane,
        CreatedAt = now,
        NotBefore = now,
        FlowId = submission.Flow?.Id,
        TraceParent = submission.TraceParent,
    };

    private static Flow ToFlow(JobSubmission submission, FlowPlan plan, DateTimeOffset now)
    {
        var first = new FlowStep(submission.Parameters.Operation.Name, submission.Parameters.ToJson());
        return new Flow(plan.Id, submission.Owner, [first, .. plan.FollowingSteps], CurrentStep: 0, JobState.Pending, now)
        {
            DropsIntermediates = plan.DropsIntermediates,
        };
    }

    private static bool IsExpired(IdempotencyRow row, DateTimeOffset now) => row.CreatedAt <= now - IdempotencyKey.Lifetime;

    private static Task<IdempotencyRow?> FindKeyAsync(
        StudioDbContext db,
        Owner owner,
        string method,
        string route,
        string key,
        CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return db.IdempotencyKeys.SingleOrDefaultAsync(
            row => row.Owner == name && row.Method == method && row.Route == route && row.Key == key,
            cancellationToken);
    }

    private static async Task<Job> JobOfAsync(StudioDbContext db, IdempotencyRow key, CancellationToken cancellationToken) =>
        (await db.Jobs.AsNoTracking().SingleAsync(row => row.Id == key.JobId, cancellationToken)).ToJob();
}
