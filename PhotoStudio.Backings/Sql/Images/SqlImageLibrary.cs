using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PhotoStudio.Backings.Sql.Quotas;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Backings.Sql.Images;

/// <summary>Keeps, lists and changes the records of pictures in a relational database.</summary>
public sealed partial class SqlImageLibrary(StudioDatabase database, IOptionsMonitor<QuotaOptions> quotas) : IImageLibrary
{
    /// <inheritdoc/>
    public Task<AddOutcome> AddAsync(StudioImage image, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Kind == ImageKind.Intermediate) throw new ArgumentException("Intermediate pictures come from jobs alone.", nameof(image));
        return database.WriteAsync(
            QuotaLedger.TurnOf(image.Owner),
            async (db, now, token) =>
            {
                if (key is not null)
                {
                    var known = await FindKeyAsync(db, image.Owner, key.Method, key.Route, key.Key, token);
                    if (known is not null && !IsExpired(known, now))
                    {
                        return known.Fingerprint == key.Fingerprint
                            ? new AddOutcome.Repeated(known.ImageId)
                            : (AddOutcome)new AddOutcome.KeyReused();
                    }

                    Remember(db, known, image, key, now);
                }

                IReadOnlyList<QuotaCharge> charges =
                    image.Kind == ImageKind.Upload ? [new QuotaCharge(image.Id, 0, new OperationCost(QuotaKind.Uploads))] : [];
                var taking = await QuotaLedger.TakeAsync(db, quotas.CurrentValue, image.Owner, charges, now, token);
                if (!taking.Taken) return new AddOutcome.QuotaExceeded(taking.Standing!);

                db.AddIndexed([image]);
                await db.SaveChangesAsync(token);
                return new AddOutcome.Added(image) { Quota = taking.Standing };
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<(Guid ImageId, string Fingerprint)?> FindByKeyAsync(
        Owner owner, string method, string route, string key, CancellationToken cancellationToken) =>
        database.ReadAsync<(Guid, string)?>(
            async (db, now, token) => await FindKeyAsync(db, owner, method, route, key, token) is { } known && !IsExpired(known, now)
                ? (known.ImageId, known.Fingerprint)
                : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<StudioImage?> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => (await Of(db, owner).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token))?.ToImage(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<StudioImage?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => (await Anybodys(db).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token))?.ToImage(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StudioImage>> FindAsync(Owner owner, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToList();
        return database.ReadAsync<IReadOnlyList<StudioImage>>(
            async (db, token) =>
            {
                var rows = await Of(db, owner).AsNoTracking().Where(row => wanted.Contains(row.Id)).ToListAsync(token);
                return rows.ConvertAll(RowMapping.ToImage);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StudioImage?> FindByBlobAsync(Owner owner, string blobKey, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => (await Of(db, owner).AsNoTracking()
                .Where(row => row.BlobKey == blobKey && row.DeletedAt == null)
                .OrderBy(row => row.Id)
                .FirstOrDefaultAsync(token))?.ToImage(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImageChange> ChangeAsync(
        Owner owner, Guid id, long? version, Func<StudioImage, StudioImage> edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return ChangeAsync(db => Of(db, owner), id, version, row => row.DeletedAt is null, edit, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ImageChange> ChangeAsync(Guid id, Func<StudioImage, StudioImage> edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return ChangeAsync(Anybodys, id, version: null, _ => true, edit, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ImageChange> DeleteAsync(Owner owner, Guid id, long? version, CancellationToken cancellationToken) =>
        WriteAsync(db => Of(db, owner), id, version, row => row.DeletedAt is null, (_, row, now, _) => Set(() => row.DeletedAt = now), cancellationToken);

    /// <inheritdoc/>
    public Task<ImageChange> RestoreAsync(Owner owner, Guid id, long? version, CancellationToken cancellationToken) =>
        WriteAsync(
            db => Of(db, owner),
            id,
            version,
            _ => true,
            (_, row, _, _) => row.DeletedAt is null ? Unchanged : Set(() => row.DeletedAt = null),
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImageChange> RemoveAsync(Owner owner, Guid id, long? version, CancellationToken cancellationToken) =>
        WriteAsync(
            db => Of(db, owner),
            id,
            version,
            _ => true,
            async (db, row, now, token) =>
            {
                var shared = await db.Images.AnyAsync(other => other.BlobKey == row.BlobKey && other.Id != id, token);
                if (!shared) Doom(db, row.BlobKey, now);
                Doom(db, BlobKeys.DerivedPrefix(id), now);
                db.Images.Remove(row);
                return true;
            },
            cancellationToken);

    /// <summary>Has a blob, or all below a key that ends in a slash, deleted after the commit.</summary>
    internal static void Doom(StudioDbContext db, string key, DateTimeOffset now) =>
        db.DoomedBlobs.Add(new DoomedBlobRow { BlobKey = key, CreatedAt = now });

    private static Task<bool> Unchanged => Task.FromResult(false);

    private static Task<bool> Set(Action change)
    {
        change();
        return Task.FromResult(true);
    }

    private static IQueryable<ImageRow> Anybodys(StudioDbContext db) => db.Images.Where(row => row.Kind != ImageKind.Intermediate);

    private static IQueryable<ImageRow> Of(StudioDbContext db, Owner owner)
    {
        var name = owner.Text;
        return Anybodys(db).Where(row => row.Owner == name);
    }

    private Task<ImageChange> ChangeAsync(
        Func<StudioDbContext, IQueryable<ImageRow>> among,
        Guid id,
        long? version,
        Func<ImageRow, bool> may,
        Func<StudioImage, StudioImage> edit,
        CancellationToken cancellationToken) =>
        WriteAsync(
            among,
            id,
            version,
            may,
            async (db, row, now, token) =>
            {
                var before = row.ToImage();
                row.Apply(edit(before));
                row.UpdatedAt = now;
                await db.ReindexAsync(before, row.ToImage(), token);
                return true;
            },
            cancellationToken);

    /// <summary>One change of one record. The change answers whether it changed anything.</summary>
    private Task<ImageChange> WriteAsync(
        Func<StudioDbContext, IQueryable<ImageRow>> among,
        Guid id,
        long? version,
        Func<ImageRow, bool> may,
        Func<StudioDbContext, ImageRow, DateTimeOffset, CancellationToken, Task<bool>> change,
        CancellationToken cancellationToken) =>
        database.WriteAsync<ImageChange>(
            async (db, now, token) =>
            {
                var row = await among(db).SingleOrDefaultAsync(row => row.Id == id, token);
                if (row is null || !may(row)) return new ImageChange.Missing();
                if (version is { } seen && seen != row.Version) return new ImageChange.Stale(row.Version);
                if (await change(db, row, now, token))
                {
                    row.Version++;
                    await db.SaveChangesAsync(token);
                }

                return new ImageChange.Done(row.ToImage());
            },
            cancellationToken);

    private static void Remember(StudioDbContext db, ImageKeyRow? expired, StudioImage image, IdempotencyKey key, DateTimeOffset now)
    {
        if (expired is not null)
        {
            (expired.Fingerprint, expired.ImageId, expired.CreatedAt) = (key.Fingerprint, image.Id, now);
            return;
        }

        db.ImageKeys.Add(new ImageKeyRow
        {
            Owner = image.Owner.Text,
            Method = key.Method,
            Route = key.Route,
            Key = key.Key,
            Fingerprint = key.Fingerprint,
            ImageId = image.Id,
            CreatedAt = now,
        });
    }

    private static bool IsExpired(ImageKeyRow row, DateTimeOffset now) => row.CreatedAt <= now - IdempotencyKey.Lifetime;

    private static Task<ImageKeyRow?> FindKeyAsync(
        StudioDbContext db, Owner owner, string method, string route, string key, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return db.ImageKeys.SingleOrDefaultAsync(
            row => row.Owner == name && row.Method == method && row.Route == route && row.Key == key, cancellationToken);
    }
}
