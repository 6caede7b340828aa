using Microsoft.EntityFrameworkCore;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Backings.Sql.Images;

/// <summary>Remembers in a relational database which blobs are to be deleted.</summary>
public sealed class SqlDoomedBlobs(StudioDatabase database) : IDoomedBlobs
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            async (db, token) => await db.DoomedBlobs
                .OrderBy(row => row.CreatedAt).ThenBy(row => row.BlobKey)
                .Take(limit)
                .Select(row => row.BlobKey)
                .ToListAsync(token),
            cancellationToken);

    /// <inheritdoc/>
    public Task ForgetAsync(string key, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (db, _, token) => db.DoomedBlobs.Where(row => row.BlobKey == key).ExecuteDeleteAsync(token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> UnknownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var asked = keys.ToList();
        return database.ReadAsync<IReadOnlyList<string>>(
            async (db, token) =>
            {
                var known = await db.Images.Where(row => asked.Contains(row.BlobKey)).Select(row => row.BlobKey).ToListAsync(token);
                return [.. asked.Except(known, StringComparer.Ordinal)];
            },
            cancellationToken);
    }
}
