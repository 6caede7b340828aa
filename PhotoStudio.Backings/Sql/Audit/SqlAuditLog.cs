using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Audit;

namespace PhotoStudio.Backings.Sql.Audit;

/// <summary>What administrators did, in a relational database.</summary>
public sealed class SqlAuditLog(StudioDatabase database) : IAuditLog
{
    /// <inheritdoc/>
    public Task AddAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return database.WriteAsync(
            async (db, _, token) =>
            {
                db.Add(new AuditRow
                {
                    Id = entry.Id,
                    At = entry.At,
                    Actor = entry.Actor,
                    Action = entry.Action,
                    Target = Cut(entry.Target),
                    Outcome = entry.Outcome,
                    Details = entry.Details is { } details ? Cut(details) : null,
                });
                return await db.SaveChangesAsync(token);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Page<AuditEntry>> ListAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.Set<AuditRow>().AsNoTracking();
                if (filter.Actor is { } actor) rows = rows.Where(row => row.Actor == actor);
                if (filter.Action is { } action) rows = rows.Where(row => row.Action == action);
                var found = await rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).ToPageAsync(page, token);
                return found.Select(row => new AuditEntry(row.Id, row.At, row.Actor, row.Action, row.Target, row.Outcome, row.Details));
            },
            cancellationToken);
    }

    private static string Cut(string text) => text.Length <= AuditEntry.MaxLength ? text : text[..AuditEntry.MaxLength];
}
