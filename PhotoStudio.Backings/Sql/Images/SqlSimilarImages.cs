using System.Numerics;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Backings.Sql.Images;

/// <summary>
/// Finds pictures by their perceptual hashes. An owner's hashes are read from their index and compared here: sixty-four bits are compared
/// in one instruction, so that reading them is all that takes time.
/// </summary>
public sealed class SqlSimilarImages(StudioDatabase database) : ISimilarImages
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<SimilarImage>> FindAsync(
        Owner owner, long hash, int maxDistance, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SimilarImage>>(
            async (db, token) =>
            {
                var nearest = new PriorityQueue<(Guid Id, int Distance), int>(limit + 1);
                await foreach (var known in Of(db, owner)
                    .Where(row => row.PerceptualHash != null)
                    .Select(row => new { row.Id, row.PerceptualHash })
                    .AsAsyncEnumerable().WithCancellation(token))
                {
                    var distance = BitOperations.PopCount((ulong)(known.PerceptualHash!.Value ^ hash));
                    if (distance > maxDistance) continue;
                    nearest.Enqueue((known.Id, distance), -distance);
                    if (nearest.Count > limit) nearest.Dequeue();
                }

                if (nearest.Count == 0) return [];
                var distances = nearest.UnorderedItems.ToDictionary(item => item.Element.Id, item => item.Element.Distance);
                var ids = distances.Keys.ToList();
                var rows = await Of(db, owner).Where(row => ids.Contains(row.Id)).ToListAsync(token);
                return [.. rows.Select(row => new SimilarImage(row.ToImage(), distances[row.Id]))
                    .OrderBy(similar => similar.Distance).ThenByDescending(similar => similar.Image.Id)];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StudioImage>> WithoutHashAsync(Owner owner, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StudioImage>>(
            async (db, token) =>
            {
                var rows = await Of(db, owner)
                    .Where(row => row.PerceptualHash == null)
                    .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
                    .Take(limit)
                    .ToListAsync(token);
                return rows.ConvertAll(RowMapping.ToImage);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task SetHashAsync(Guid id, long hash, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (db, _, token) => db.Images.Where(row => row.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.PerceptualHash, (long?)hash), token),
            cancellationToken);

    private static IQueryable<ImageRow> Of(StudioDbContext db, Owner owner)
    {
        var name = owner.Text;
        return db.Images.AsNoTracking().Where(row => row.Owner == name && row.DeletedAt == null && row.Kind != ImageKind.Intermediate);
    }
}
