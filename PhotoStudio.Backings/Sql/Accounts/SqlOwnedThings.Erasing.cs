using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Images;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Backings.Sql.Accounts;

/// <content>Erasing for good.</content>
public sealed partial class SqlOwnedThings
{
    private const int PicturesAtATime = 500;

    private enum Erasure
    {
        Refused,
        GoesOn,
        Done,
    }

    /// <inheritdoc/>
    public async Task<bool> EraseAsync(Owner owner, TimeSpan? idle, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (await EraseSomeAsync(owner.Text, idle, cancellationToken))
            {
                case Erasure.Refused:
                    return false;
                case Erasure.Done:
                    return true;
            }
        }
    }

    /// <summary>
    /// Pictures first, for there may be many and nobody should wait for all of them to be written down as doomed; once there are none, all the rest.
    /// </summary>
    private Task<Erasure> EraseSomeAsync(string name, TimeSpan? idle, CancellationToken cancellationToken) => database.WriteAsync(
        async (db, now, token) =>
        {
            if (await db.Jobs.AnyAsync(row => row.Owner == name && (row.FinishedAt == null || row.UntidySince != null), token)) return Erasure.Refused;
            if (idle is { } longEnough && !await IsIdleAsync(db, name, now - longEnough, token)) return Erasure.Refused;
            if (await EraseImagesAsync(db, name, now, token)) return Erasure.GoesOn;

            var unfinished = await db.UploadSessions.Where(row => row.Owner == name && row.ImageId == null).Select(row => row.Id).ToListAsync(token);
            await DoomAsync(db, unfinished.Select(BlobKeys.UploadPartPrefix), now, token);
            foreach (var table in OwnedTables.Of(db))
            {
                if (table.BlobKey is { } column)
                {
                    var keys = $"SELECT {column} AS \"Value\" FROM {table.Name} WHERE owner = {{0}}";
                    await DoomAsync(db, await db.Database.SqlQueryRaw<string>(keys, name).ToListAsync(token), now, token);
                }

                var erase = $"DELETE FROM {table.Name} WHERE owner = {{0}}";
                await db.Database.ExecuteSqlRawAsync(erase, [name], token);
            }

            await db.Set<CondemnedOwnerRow>().Where(row => row.Name == name).ExecuteDeleteAsync(token);
            await db.SaveChangesAsync(token);
            return Erasure.Done;
        },
        cancellationToken);

    /// <summary>Erases some pictures; false when there was none.</summary>
    private static async Task<bool> EraseImagesAsync(StudioDbContext db, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var images = await db.Images.Where(row => row.Owner == name).OrderBy(row => row.Id).Take(PicturesAtATime)
            .Select(row => new { row.Id, row.BlobKey }).ToListAsync(cancellationToken);
        if (images.Count == 0) return false;

        var (ids, keys) = (images.ConvertAll(image => image.Id), images.ConvertAll(image => image.BlobKey));
        await db.Images.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);

        // Two records may share their bytes; the last of them takes those along.
        var shared = await db.Images.Where(row => keys.Contains(row.BlobKey)).Select(row => row.BlobKey).ToListAsync(cancellationToken);
        await DoomAsync(db, keys.Except(shared, StringComparer.Ordinal).Concat(ids.Select(BlobKeys.DerivedPrefix)), now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static async Task DoomAsync(StudioDbContext db, IEnumerable<string> keys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var some in keys.Distinct(StringComparer.Ordinal).Chunk(PicturesAtATime))
        {
            var known = await db.DoomedBlobs.Where(row => some.Contains(row.BlobKey)).Select(row => row.BlobKey).ToListAsync(cancellationToken);
            foreach (var key in some.Except(known, StringComparer.Ordinal)) SqlImageLibrary.Doom(db, key, now);
        }
    }
}
