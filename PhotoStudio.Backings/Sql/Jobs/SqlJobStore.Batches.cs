using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Images;
using PhotoStudio.Backings.Sql.Quotas;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Jobs;

/// <content>Accepting batches, and calling flows and batches off.</content>
public sealed partial class SqlJobStore
{
    /// <inheritdoc/>
    public Task<BatchOutcome> SubmitBatchAsync(BatchSubmission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        Check(submission);
        return database.WriteAsync(TurnOf(submission.Owner), (db, now, token) => SubmitBatchAsync(db, submission, now, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CancelledFlow?> CancelFlowAsync(Owner owner, Guid id, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.WriteAsync(
            async (db, now, token) =>
            {
                var row = await db.Flows.SingleOrDefaultAsync(row => row.Id == id && row.Owner == name, token);
                if (row is null) return null;

                var job = await CancelAsync(db, row, now, token);
                await db.SaveChangesAsync(token);
                return new CancelledFlow(row.ToFlow(), job);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CancelledBatch?> CancelBatchAsync(Owner owner, Guid id, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.WriteAsync(
            async (db, now, token) =>
            {
                var batch = await db.Batches.SingleOrDefaultAsync(row => row.Id == id && row.Owner == name, token);
                if (batch is null) return null;

                var cancelled = new List<Job>();
                var unfinished = await db.Flows.Where(row => row.BatchId == id && row.FinishedAt == null).OrderBy(row => row.BatchIndex).ToListAsync(token);
                foreach (var flow in unfinished)
                {
                    if (await CancelAsync(db, flow, now, token) is { } job) cancelled.Add(job);
                }

                if (cancelled.Count > 0) batch.CancelledAt ??= now;
                await db.SaveChangesAsync(token);
                return new CancelledBatch(batch.ToBatch(), cancelled);
            },
            cancellationToken);
    }

    /// <summary>
    /// Calls a flow off by the job of its current step, whose version guards both. Null when there is nothing to call off any more.
    /// </summary>
    private static async Task<Job?> CancelAsync(StudioDbContext db, FlowRow flow, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (flow.State.IsTerminal()) return null;
        var row = await db.Jobs.SingleAsync(row => row.FlowId == flow.Id && row.FlowStep == flow.CurrentStep, cancellationToken);
        if (JobLifecycle.Cancel(row.ToJob(), now) is not { } job) return null;

        await WriteAsync(db, row, job, [], now, cancellationToken);
        return job;
    }

    private static void Check(BatchSubmission submission)
    {
        var jobs = submission.Items.Select(item => item.Job).OfType<JobSubmission>().ToList();
        if (jobs.Count == 0) throw new ArgumentException("A batch has at least one job.", nameof(submission));
        if (jobs.Any(job => job.Owner != submission.Owner || job.Flow is null || job.Idempotency is not null))
            throw new ArgumentException("The jobs of a batch belong to its owner, begin a flow, and leave the key to the batch.", nameof(submission));
        foreach (var job in jobs) Check(job);
    }

    private async Task<BatchOutcome> SubmitBatchAsync(
        StudioDbContext db, BatchSubmission submission, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var owner = submission.Owner.Text;
        var jobs = submission.Items.Select(item => item.Job).OfType<JobSubmission>().ToList();
        if (submission.Idempotency is { } key)
        {
            var known = await FindKeyAsync(db, submission.Owner, key.Method, key.Route, key.Key, cancellationToken);
            if (known is not null && !IsExpired(known, now))
            {
                return known.Fingerprint == key.Fingerprint && (await JobOfAsync(db, known, cancellationToken)).BatchId is { } made
                    ? new BatchOutcome.Repeated(made)
                    : new BatchOutcome.KeyReused();
            }

            Remember(db, known, submission.Owner, jobs[0].Id, key, now);
        }

        var unfinished = await db.Jobs.CountAsync(row => row.Owner == owner && row.FinishedAt == null, cancellationToken);
        if (unfinished + jobs.Count > _options.MaxUnfinishedPerOwner)
            return new BatchOutcome.QueueFull(_options.MaxUnfinishedPerOwner, unfinished);

        var taking = await QuotaLedger.TakeAsync(db, quotas.CurrentValue, submission.Owner, [.. jobs.SelectMany(ChargesOf)], now, cancellationToken);
        if (!taking.Taken) return new BatchOutcome.QuotaExceeded(taking.Standing!);

        var batch = new Batch(submission.Id, submission.Owner, submission.Steps, [.. submission.Items.Select(item => item.Item)], now);
        db.Batches.Add(batch.ToRow());
        var accepted = new List<Job>(jobs.Count);
        for (var index = 0; index < submission.Items.Count; index++)
        {
            if (submission.Items[index].Job is not { Flow: { } plan } first) continue;
            db.Flows.Add((ToFlow(first, plan, now) with { BatchId = batch.Id, BatchIndex = index }).ToRow());
            var job = ToJob(first, now) with { BatchId = batch.Id };
            db.Jobs.Add(job.ToRow());
            db.AddIndexed(first.Uploads);
            accepted.Add(job);
        }

        await db.SaveChangesAsync(cancellationToken);
        return new BatchOutcome.Accepted(batch, accepted) { Quota = taking.Standing };
    }
}
