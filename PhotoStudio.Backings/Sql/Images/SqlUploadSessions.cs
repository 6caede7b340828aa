using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Backings.Sql.Images;

/// <summary>Keeps how far uploads in several requests have come in a relational database.</summary>
public sealed class SqlUploadSessions(StudioDatabase database) : IUploadSessions
{
    /// <inheritdoc/>
    public Task<bool> BeginAsync(UploadSession session, int maxUnfinished, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var name = session.Owner.Text;
        return database.WriteAsync(
            WriteMode.InTurn($"uploads of {name}"),
            async (db, now, token) =>
            {
                var unfinished = await db.UploadSessions.CountAsync(
                    row => row.Owner == name && row.ImageId == null && row.ExpiresAt > now, token);
                if (unfinished >= maxUnfinished) return false;
                db.UploadSessions.Add(session.ToRow());
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UploadSession?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, now, token) => (await Of(db, owner, now).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token))?.ToSession(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<UploadSession?> AppendAsync(
        Owner owner, Guid id, long offset, UploadPart part, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(part);
        return database.WriteAsync(
            async (db, now, token) =>
            {
                var row = await Of(db, owner, now).SingleOrDefaultAsync(row => row.Id == id, token);
                if (row is null || row.ImageId is not null || row.Received != offset || row.Received + part.Length > row.Length) return null;
                row.Append(part);
                row.ExpiresAt = expiresAt;
                row.Version++;
                await db.SaveChangesAsync(token);
                return row.ToSession();
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> FinishAsync(Owner owner, Guid id, Guid imageId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                var row = await Of(db, owner, now).SingleOrDefaultAsync(row => row.Id == id, token);
                if (row is null || row.ImageId is not null) return false;
                row.ImageId = imageId;
                row.Version++;
                SqlImageLibrary.Doom(db, BlobKeys.UploadPartPrefix(id), now);
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(Owner owner, Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                var row = await Of(db, owner, now).SingleOrDefaultAsync(row => row.Id == id, token);
                if (row is null) return false;
                Remove(db, row, now);
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> ExpireAsync(int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                var rows = await db.UploadSessions.Where(row => row.ExpiresAt <= now).OrderBy(row => row.ExpiresAt).Take(limit).ToListAsync(token);
                foreach (var row in rows) Remove(db, row, now);
                await db.SaveChangesAsync(token);
                return rows.Count;
            },
            cancellationToken);

    private static void Remove(StudioDbContext db, UploadSessionRow row, DateTimeOffset now)
    {
        // The parts of one that became a picture went with that.
        if (row.ImageId is null) SqlImageLibrary.Doom(db, BlobKeys.UploadPartPrefix(row.Id), now);
        db.UploadSessions.Remove(row);
    }

    private static IQueryable<UploadSessionRow> Of(StudioDbContext db, Owner owner, DateTimeOffset now)
    {
        var name = owner.Text;
        return db.UploadSessions.Where(row => row.Owner == name && row.ExpiresAt > now);
    }
}
