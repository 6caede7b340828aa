using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Documents;

namespace PhotoStudio.Backings.Sql.Documents;

/// <summary>
/// JSON documents in a table of a relational database. A document whose time has come is not found any more, and
/// writing clears such documents away.
/// </summary>
public sealed class SqlDocumentStore(StudioDatabase database) : IDocumentStore
{
    /// <inheritdoc/>
    public Task<bool> PutAsync(StudioDocument document, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        Check(document);
        return database.WriteAsync(
            async (db, now, token) =>
            {
                var row = await db.Documents
                    .SingleOrDefaultAsync(row => row.Collection == document.Collection && row.Id == document.Id, token);
                var forgotten = row is null || row.ExpiresAt <= now;
                if (!forgotten && row!.Owner != document.Owner.Text)
                    throw new ArgumentException("The document's id is taken by another owner.", nameof(document));
                if (!forgotten && row!.Version >= document.Version) return false;

                if (row is null) db.Documents.Add(row = document.ToRow());
                else row.Apply(document);
                row.WrittenAt = now;
                await db.SaveChangesAsync(token);
                await ClearAsync(db, now, token);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StudioDocument?> FindAsync(string collection, Owner owner, string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, now, token) =>
                (await Of(db, collection, owner, now).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token))?.ToDocument(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Page<StudioDocument>> ListAsync(
        string collection,
        Owner owner,
        string? parent,
        PageRequest page,
        CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, now, token) =>
            {
                var rows = Of(db, collection, owner, now).AsNoTracking();
                if (parent is not null) rows = rows.Where(row => row.Parent == parent);
                var found = await rows.OrderBy(row => row.SortKey).ThenBy(row => row.Id).ToPageAsync(page, token);
                return found.Select(RowMapping.ToDocument);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string collection, Owner owner, string id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) => await Of(db, collection, owner, now).Where(row => row.Id == id).ExecuteDeleteAsync(token) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> DeleteAllAsync(string collection, Owner owner, string parent, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (db, now, token) => Of(db, collection, owner, now).Where(row => row.Parent == parent).ExecuteDeleteAsync(token),
            cancellationToken);

    private static void Check(StudioDocument document)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(document.Version, 1, nameof(document));
        try
        {
            using var json = JsonDocument.Parse(document.Json);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new ArgumentException("A document is a JSON object.", nameof(document));
        }
        catch (JsonException exception)
        {
            throw new ArgumentException("A document is valid JSON.", nameof(document), exception);
        }
    }

    private static IQueryable<DocumentRow> Of(StudioDbContext db, string collection, Owner owner, DateTimeOffset now)
    {
        var name = owner.Text;
        return db.Documents
            .Where(row => row.Collection == collection && row.Owner == name && (row.ExpiresAt == null || row.ExpiresAt > now));
    }

    private static Task<int> ClearAsync(StudioDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Documents.Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
}
