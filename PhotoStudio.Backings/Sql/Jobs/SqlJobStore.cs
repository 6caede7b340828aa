using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Jobs;

/// <summary>
/// The truth about jobs in a relational database. Every change loads the job, asks <see cref="JobLifecycle"/> what it
/// becomes, and writes that only if the row's version is still the one that was loaded; otherwise it looks again.
/// </summary>
public sealed partial class SqlJobStore(StudioDatabase database, IOptions<JobStoreOptions> options) : IJobStore
{
    private readonly JobStoreOptions _options = options.Value;

    /// <inheritdoc/>
    public Task<Job?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.ReadAsync(
            async (db, token) =>
                (await db.Jobs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Owner == name, token))?.ToJob(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Job?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => (await db.Jobs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token))?.ToJob(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Page<Job>> ListAsync(Owner owner, JobQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var name = owner.Text;
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.Jobs.AsNoTracking().Where(row => row.Owner == name);
                if (query.State is { } state) rows = rows.Where(row => row.State == state);
                if (query.Operation is { } operation) rows = rows.Where(row => row.Operation == operation);
                var found = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToPageAsync(page, token);
                return found.Select(RowMapping.ToJob);
            },
            cancellationToken);
    }

    /// <summary>Makes one transition of one job. Null, and nothing changed, when the lifecycle does not allow it.</summary>
    private Task<Job?> ChangeAsync(Guid id, Func<Job, DateTimeOffset, Job?> transition, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                var row = await db.Jobs.SingleOrDefaultAsync(row => row.Id == id, token);
                if (row is null || transition(row.ToJob(), now) is not { } job) return null;

                await WriteAsync(db, row, job, [], now, token);
                await db.SaveChangesAsync(token);
                return job;
            },
            cancellationToken);

    /// <summary>
    /// Puts what a job has become, its results and what that means for its flow into the context; the flow's next job is answered.
    /// </summary>
    private static async Task<Job?> WriteAsync(
        StudioDbContext db,
        JobRow row,
        Job job,
        IReadOnlyList<StudioImage> results,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        row.Apply(job);
        if (job.State == JobState.Pending) row.RungAt = null;
        if (job.State.IsTerminal() && MayHaveLitter(job)) row.UntidySince = now;
        db.Images.AddRange(results.Select(RowMapping.ToRow));
        if (job.FlowId is not { } flowId) return null;

        var flowRow = await db.Flows.SingleAsync(flow => flow.Id == flowId, cancellationToken);
        var (flow, next) = FlowLifecycle.Follow(flowRow.ToFlow(), job, results, OrderedId.New(now), now);
        flowRow.Apply(flow);
        if (next is not null) db.Jobs.Add(next.ToRow());
        return next;
    }

    /// <summary>
    /// An attempt that lost its lease may have written blobs that no record names. A job whose first attempt delivered has had no
    /// other attempt, and a job that was never claimed has had none at all.
    /// </summary>
    private static bool MayHaveLitter(Job job) => job.Attempt > (job.State == JobState.Completed ? 1 : 0);
}
