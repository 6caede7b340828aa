using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Accounts;

/// <summary>Everything a relational database keeps for owners, table by table (<see cref="OwnedTables"/>).</summary>
public sealed partial class SqlOwnedThings(StudioDatabase database) : IOwnedThings
{
    /// <inheritdoc/>
    public Task<int> AdoptAsync(Owner from, Owner to, CancellationToken cancellationToken) => from == to
        ? Task.FromResult(0)
        : database.WriteAsync(
            async (db, _, token) =>
            {
                var adopted = 0;
                foreach (var table in OwnedTables.Of(db))
                {
                    foreach (var key in table.KeysWithinOwner)
                    {
                        var same = string.Concat(key.Select(column => $" AND other.{column} = {table.Name}.{column}"));
                        var drop = $"DELETE FROM {table.Name} WHERE owner = {{0}} AND EXISTS (SELECT 1 FROM {table.Name} AS other WHERE other.owner = {{1}}{same})";
                        await db.Database.ExecuteSqlRawAsync(drop, [from.Text, to.Text], token);
                    }

                    // A worker that has one of these jobs in hand finds it changed, and looks whose it is now before it writes.
                    var more = table.Type.ClrType == typeof(JobRow) ? ", stored_for = COALESCE(stored_for, owner), version = version + 1" : "";
                    var hand = $"UPDATE {table.Name} SET owner = {{1}}{more} WHERE owner = {{0}}";
                    adopted += await db.Database.ExecuteSqlRawAsync(hand, [from.Text, to.Text], token);
                }

                return adopted;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Owner>> IdleGuestsAsync(TimeSpan idle, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Owner>>(
            async (db, now, token) =>
            {
                var (before, found) = (now - idle, new HashSet<string>(StringComparer.Ordinal));
                foreach (var table in OwnedTables.Of(db).Where(table => table.Time is not null))
                {
                    var sql = $"SELECT owner AS \"Value\" FROM {table.Name} WHERE owner LIKE 'guest:%' GROUP BY owner HAVING MAX({table.Time}) < {{0}}";
                    foreach (var owner in await db.Database.SqlQueryRaw<string>(sql, db.Stored(before)).ToListAsync(token))
                    {
                        if (found.Count < limit && await IsIdleAsync(db, owner, before, token)) found.Add(owner);
                    }
                }

                return [.. found.Select(Owner.Parse)];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Owner>> CondemnedAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Owner>>(
            async (db, token) =>
            {
                var names = await db.Set<CondemnedOwnerRow>().OrderBy(row => row.DeletedAt).ThenBy(row => row.Name).Select(row => row.Name).Take(limit).ToListAsync(token);
                return names.ConvertAll(Owner.Parse);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Owner>> OwnersAsync(string prefix, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Owner>>(
            async (db, token) => [.. (await OwnedTables.OwnersAsync(db, prefix, token)).Order(StringComparer.Ordinal).Select(Owner.Parse)],
            cancellationToken);

    /// <inheritdoc/>
    public Task ExportAsync(Owner owner, Utf8JsonWriter json, Func<string, string> urlOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(urlOf);
        return database.ReadAsync(
            async (db, token) =>
            {
                var export = new OwnedExport(db, owner, json, urlOf);
                foreach (var table in OwnedTables.Of(db).OrderBy(table => table.Name, StringComparer.Ordinal)) await export.WriteAsync(table, token);
                return true;
            },
            cancellationToken);
    }

    private static async Task<bool> IsIdleAsync(StudioDbContext db, string owner, DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var table in OwnedTables.Of(db).Where(table => table.Time is not null))
        {
            var sql = $"SELECT COUNT(*) AS \"Value\" FROM {table.Name} WHERE owner = {{0}} AND {table.Time} >= {{1}}";
            if (await db.Database.SqlQueryRaw<long>(sql, owner, db.Stored(before)).SingleAsync(cancellationToken) > 0) return false;
        }

        return true;
    }
}
