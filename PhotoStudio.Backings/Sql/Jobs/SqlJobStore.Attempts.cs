using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Jobs;

/// <content>The life of an attempt, and calling a job off.</content>
public sealed partial class SqlJobStore
{
    /// <inheritdoc/>
    public Task<Job?> TryClaimAsync(Guid id, string worker, TimeSpan lease, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                var row = await db.Jobs.SingleOrDefaultAsync(row => row.Id == id, token);
                if (row is null || JobLifecycle.Claim(row.ToJob(), worker, lease, now) is not { } job) return null;

                var running = await db.Jobs.CountAsync(
                    other => other.Owner == row.Owner && other.Lane == row.Lane && other.FinishedAt == null && other.State == JobState.Processing, token);
                if (running >= _options.MaxRunningPerOwner) return null;

                await WriteAsync(db, row, job, [], now, token);
                await db.SaveChangesAsync(token);
                return job;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> RenewAsync(
        Guid id,
        int attempt,
        TimeSpan lease,
        double progress,
        string? stage,
        CancellationToken cancellationToken) =>
        ChangeAsync(id, (job, now) => JobLifecycle.Renew(job, attempt, lease, progress, stage, now), cancellationToken);

    /// <inheritdoc/>
    public Task<Finished?> CompleteAsync(Guid id, int attempt, JobCompletion completion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(completion);
        return database.WriteAsync(
            async (db, now, token) =>
            {
                var row = await db.Jobs.SingleOrDefaultAsync(row => row.Id == id, token);
                if (row is null || JobLifecycle.Complete(row.ToJob(), attempt, completion, now) is not { } job) return null;

                if (completion.Results.Any(result => (result.JobId, result.Kind) != (job.Id, ImageKind.Result) || !BelongsTo(job, result.Owner)))
                    throw new ArgumentException("The results of a job name it and belong to its owner.", nameof(completion));

                // Whoever ran it may have begun for the guest that it was adopted from.
                StudioImage[] results = [.. completion.Results.Select(result => result with { Owner = job.Owner })];
                var next = await WriteAsync(db, row, job, results, now, token);
                await db.SaveChangesAsync(token);
                return new Finished(job, next);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Job?> FailAsync(Guid id, int attempt, JobFailure failure, CancellationToken cancellationToken) =>
        ChangeAsync(id, (job, now) => JobLifecycle.Fail(job, attempt, failure, _options.Retry, now), cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> ReleaseAsync(Guid id, int attempt, CancellationToken cancellationToken) =>
        ChangeAsync(id, (job, now) => JobLifecycle.Release(job, attempt, now), cancellationToken);

    /// <inheritdoc/>
    public Task<Job?> CancelAsync(Owner owner, Guid id, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.WriteAsync(
            async (db, now, token) =>
            {
                var row = await db.Jobs.SingleOrDefaultAsync(row => row.Id == id && row.Owner == name, token);
                if (row is null) return null;
                if (JobLifecycle.Cancel(row.ToJob(), now) is not { } job) return row.ToJob();

                await WriteAsync(db, row, job, [], now, token);
                await db.SaveChangesAsync(token);
                return job;
            },
            cancellationToken);
    }
}
