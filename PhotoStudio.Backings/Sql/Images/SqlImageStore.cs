using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Backings.Sql.Images;

/// <summary>Reads the records of pictures from a relational database.</summary>
public sealed class SqlImageStore(StudioDatabase database) : IImageStore
{
    /// <inheritdoc/>
    public Task<StudioImage?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => (await Of(db, owner).SingleOrDefaultAsync(row => row.Id == id, token))?.ToImage(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<StudioImage?> FindUploadAsync(Owner owner, string sha256, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => (await Of(db, owner)
                .Where(row => row.Sha256 == sha256 && row.Kind == ImageKind.Upload)
                .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
                .FirstOrDefaultAsync(token))?.ToImage(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Page<StudioImage>> ListAsync(Owner owner, ImageQuery query, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = Of(db, owner);
                if (query.Kind is { } kind) rows = rows.Where(row => row.Kind == kind);
                if (query.Operations is { } operations) rows = rows.Where(row => row.Operation != null && operations.Contains(row.Operation));
                if (query.JobId is { } jobId) rows = rows.Where(row => row.JobId == jobId);
                if (query.Favorite is { } favorite) rows = rows.Where(row => row.IsFavorite == favorite);
                if (query.From is { } from) rows = rows.Where(row => row.CreatedAt >= from);
                if (query.Before is { } before) rows = rows.Where(row => row.CreatedAt < before);
                var found = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToPageAsync(page, token);
                return found.Select(RowMapping.ToImage);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StudioImage>> ResultsOfAsync(Owner owner, Guid jobId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StudioImage>>(
            async (db, token) =>
            {
                var rows = await Of(db, owner).Where(row => row.JobId == jobId).OrderBy(row => row.Position).ToListAsync(token);
                return rows.ConvertAll(RowMapping.ToImage);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<ILookup<Guid, StudioImage>> ResultsOfAsync(
        Owner owner, IReadOnlyCollection<Guid> jobIds, CancellationToken cancellationToken)
    {
        var ids = jobIds.Select(id => (Guid?)id).ToList();
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = await Of(db, owner).Where(row => ids.Contains(row.JobId)).OrderBy(row => row.Position).ToListAsync(token);
                return rows.ToLookup(row => row.JobId!.Value, RowMapping.ToImage);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> CountDownloadAsync(Owner owner, Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, _, token) => await Of(db, owner)
                .Where(row => row.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Downloads, row => row.Downloads + 1), token) == 1,
            cancellationToken);

    private static IQueryable<ImageRow> Of(StudioDbContext db, Owner owner)
    {
        var name = owner.Text;
        return db.Images.AsNoTracking().Where(row => row.Owner == name && row.DeletedAt == null && row.Kind != ImageKind.Intermediate);
    }
}
