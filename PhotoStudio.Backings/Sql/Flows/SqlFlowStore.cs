using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Jobs;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Flows;

/// <summary>Reads flows and batches from a relational database.</summary>
public sealed class SqlFlowStore(StudioDatabase database) : IFlowStore
{
    /// <inheritdoc/>
    public Task<Flow?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.ReadAsync(
            async (db, token) =>
                (await db.Flows.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Owner == name, token))?.ToFlow(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Flow?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => (await db.Flows.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token))?.ToFlow(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Page<Flow>> ListAsync(Owner owner, JobState? state, PageRequest page, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.Flows.AsNoTracking().Where(row => row.Owner == name && row.BatchId == null);
                if (state is { } wanted) rows = rows.Where(row => row.State == wanted);
                var found = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToPageAsync(page, token);
                return found.Select(RowMapping.ToFlow);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ILookup<Guid, Job>> JobsOfAsync(Owner owner, IReadOnlyCollection<Guid> flowIds, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        var ids = flowIds.Select(id => (Guid?)id).ToList();
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = await db.Jobs.AsNoTracking()
                    .Where(row => row.FlowId != null && ids.Contains(row.FlowId) && row.Owner == name)
                    .OrderBy(row => row.FlowStep)
                    .ToListAsync(token);
                return rows.ToLookup(row => row.FlowId!.Value, RowMapping.ToJob);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Batch?> FindBatchAsync(Owner owner, Guid id, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.ReadAsync(
            async (db, token) =>
                (await db.Batches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Owner == name, token))?.ToBatch(),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Batch?> FindBatchAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => (await db.Batches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token))?.ToBatch(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Page<Batch>> ListBatchesAsync(Owner owner, PageRequest page, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.Batches.AsNoTracking().Where(row => row.Owner == name);
                var found = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToPageAsync(page, token);
                return found.Select(RowMapping.ToBatch);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Flow>> FlowsOfAsync(Owner owner, Guid batchId, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.ReadAsync<IReadOnlyList<Flow>>(
            async (db, token) =>
            {
                var rows = await db.Flows.AsNoTracking()
                    .Where(row => row.BatchId == batchId && row.Owner == name)
                    .OrderBy(row => row.BatchIndex)
                    .ToListAsync(token);
                return rows.ConvertAll(RowMapping.ToFlow);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, (BatchTally Tally, DateTimeOffset? LatestEnd)>> TallyAsync(
        Owner owner, IReadOnlyCollection<Guid> batchIds, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        var ids = batchIds.Select(id => (Guid?)id).ToList();
        return database.ReadAsync<IReadOnlyDictionary<Guid, (BatchTally, DateTimeOffset?)>>(
            async (db, token) =>
            {
                var states = await db.Flows
                    .Where(row => row.BatchId != null && ids.Contains(row.BatchId) && row.Owner == name)
                    .Select(row => new { row.BatchId, row.State, row.FinishedAt })
                    .ToListAsync(token);
                return states.GroupBy(row => row.BatchId!.Value).ToDictionary(
                    group => group.Key,
                    group =>
                    {
                        int Count(JobState state) => group.Count(row => row.State == state);
                        var tally = new BatchTally(
                            Count(JobState.Pending), Count(JobState.Processing), Count(JobState.Completed), Count(JobState.Failed), Count(JobState.Cancelled));
                        return (tally, group.Max(row => row.FinishedAt));
                    });
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, TimeSpan>> MeanDurationsAsync(
        IReadOnlyCollection<string> operations, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, TimeSpan>>(
            async (db, token) =>
            {
                var means = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
                foreach (var operation in operations.Distinct(StringComparer.Ordinal))
                {
                    if (await SqlJobStore.MeanDurationAsync(db, operation, token) is { } mean) means[operation] = mean;
                }

                return means;
            },
            cancellationToken);
}
