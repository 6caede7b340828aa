using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Sql.Images;
using PhotoStudio.Backings.Sql.Quotas;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Backings.Sql.Webhooks;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Backings.Sql.Jobs;

/// <summary>
/// The truth about jobs in a relational database. Every change loads the job, asks <see cref="JobLifecycle"/> what it
/// becomes, and writes that only if the row's version is still the one that was loaded; otherwise it looks again.
/// </summary>
public sealed partial class SqlJobStore(StudioDatabase database, IOptions<JobStoreOptions> options, IOptionsMonitor<QuotaOptions> quotas) : IJobStore
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
                if (query.From is { } from) rows = rows.Where(row => row.CreatedAt >= from);
                if (query.Before is { } before) rows = rows.Where(row => row.CreatedAt < before);
                var found = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToPageAsync(page, token);
                return found.Select(RowMapping.ToJob);
            },
            cancellationToken);
    }

    private static bool BelongsTo(Job job, Owner owner) => owner == job.Owner || owner == job.StoredFor;

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

        // A job ends once, and so its quota is given back once. Of a flow that ends early, the steps after it go back as well.
        if (job.State is JobState.Failed or JobState.Cancelled)
            await QuotaLedger.GiveBackAsync(db, job.FlowId ?? job.Id, job.FlowStep, cancellationToken);
        if (job.State.IsTerminal()) await WebhookOutbox.AddAsync(db, row, job, results, now, cancellationToken);
        if (job.State == JobState.Pending) row.RungAt = null;
        if (job.State.IsTerminal() && MayHaveLitter(job)) row.UntidySince = now;
        if (job.FlowId is not { } flowId)
        {
            db.AddIndexed(results);
            return null;
        }

        var flowRow = await db.Flows.SingleAsync(flow => flow.Id == flowId, cancellationToken);
        var (flow, next) = FlowLifecycle.Follow(flowRow.ToFlow(), job, results, OrderedId.New(now), now);
        flowRow.Apply(flow);
        if (next?.ToRow() is { } nextRow)
        {
            nextRow.WebhookUrl = row.WebhookUrl;
            db.Jobs.Add(nextRow);
        }

        if (flow.DropsIntermediates && job.State.IsTerminal()) results = await SettleIntermediatesAsync(db, job, next, results, now, cancellationToken);
        db.AddIndexed(results.Select(image => flow.DropsIntermediates && next is not null ? image with { Kind = ImageKind.Intermediate } : image));
        return next;
    }

    /// <summary>
    /// A step that has ended is done with the intermediate picture it worked on. The picture's record goes and its bytes become
    /// litter of the job that made it, unless the next step works on it too. Where nothing newer came of it, it is what the flow has
    /// made, and becomes a result. Answers the results; those of a picture that went have its parents, so that the way back to the
    /// originals stays.
    /// </summary>
    private static async Task<IReadOnlyList<StudioImage>> SettleIntermediatesAsync(
        StudioDbContext db, Job job, Job? next, IReadOnlyList<StudioImage> results, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = job.Inputs.Select(input => input.ImageId).Except(next?.Inputs.Select(input => input.ImageId) ?? []).ToList();
        var used = await db.Images.Where(row => ids.Contains(row.Id) && row.Kind == ImageKind.Intermediate).ToListAsync(cancellationToken);
        if (used.Count == 0) return results;

        if (results.Count == 0)
        {
            foreach (var image in used)
            {
                image.Kind = ImageKind.Result;
                image.InGallery = true;
                db.Index(image.ToImage());
            }

            return results;
        }

        var origins = used.ToDictionary(image => image.Id, image => image.ToImage().Parents);
        results = [.. results.Select(image => image with { Parents = [.. image.Parents.SelectMany(id => origins.GetValueOrDefault(id, [id])).Distinct()] })];

        // The step before may have delivered several pictures; none of them is worked on any more.
        var makers = used.Select(image => image.JobId).ToList();
        db.Images.RemoveRange(await db.Images.Where(row => makers.Contains(row.JobId) && row.Kind == ImageKind.Intermediate).ToListAsync(cancellationToken));
        await db.Jobs.Where(row => makers.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UntidySince, (DateTimeOffset?)now), cancellationToken);
        return results;
    }

    /// <summary>
    /// An attempt that lost its lease may have written blobs that no record names. A job whose first attempt delivered has had no
    /// other attempt, and a job that was never claimed has had none at all.
    /// </summary>
    private static bool MayHaveLitter(Job job) => job.Attempt > (job.State == JobState.Completed ? 1 : 0);
}
