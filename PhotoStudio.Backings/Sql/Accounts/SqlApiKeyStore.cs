using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Accounts;

/// <summary>Keys in a relational database.</summary>
public sealed class SqlApiKeyStore(StudioDatabase database) : IApiKeyStore
{
    // A note of every single use would turn every read into a write.
    private static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public Task<bool> CreateAsync(ApiKey key, string secretHash, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return database.WriteAsync(
            async (db, _, token) =>
            {
                if (!await db.Set<UserRow>().AnyAsync(row => row.Id == key.AccountId, token)) return false;
                if (await db.Set<ApiKeyRow>().CountAsync(row => row.UserId == key.AccountId && row.RevokedAt == null, token) >= most) return false;

                db.Add(new ApiKeyRow
                {
                    Id = key.Id,
                    UserId = key.AccountId,
                    Name = key.Name,
                    Prefix = key.Prefix,
                    Hash = secretHash,
                    Scopes = string.Join(' ', key.Scopes),
                    CreatedAt = key.CreatedAt,
                    ExpiresAt = key.ExpiresAt,
                });
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Page<ApiKey>> ListAsync(Guid accountId, PageRequest page, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.Set<ApiKeyRow>().AsNoTracking().Where(row => row.UserId == accountId);
                var found = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToPageAsync(page, token);
                return found.Select(ToKey);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> CountActiveAsync(Guid accountId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (db, now, token) => db.Set<ApiKeyRow>()
                .CountAsync(row => row.UserId == accountId && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now), token),
            cancellationToken);

    /// <inheritdoc/>
    public Task<ApiKey?> FindAsync(Guid accountId, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) =>
                await db.Set<ApiKeyRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.UserId == accountId, token) is { } row ? ToKey(row) : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<ApiKey?> RevokeAsync(Guid accountId, Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                if (await db.Set<ApiKeyRow>().SingleOrDefaultAsync(row => row.Id == id && row.UserId == accountId, token) is not { } row) return null;
                row.RevokedAt ??= now;
                await db.SaveChangesAsync(token);
                return ToKey(row);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<(ApiKey Key, IReadOnlyList<string> Roles)?> UseAsync(string secretHash, CancellationToken cancellationToken)
    {
        var (key, roles, now) = await database.ReadAsync(
            async (db, now, token) =>
            {
                var row = await db.Set<ApiKeyRow>().AsNoTracking().SingleOrDefaultAsync(
                    row => row.Hash == secretHash && row.RevokedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now)
                        && !db.Set<UserRow>().Any(user => user.Id == row.UserId && user.LockedAt != null),
                    token);
                return (row, row is null ? [] : await AccountRecords.RolesAsync(db, row.UserId, token), now);
            },
            cancellationToken);
        if (key is null) return null;

        if (key.LastUsedAt is null || now - key.LastUsedAt > NotedEvery)
        {
            await database.WriteAsync(
                (db, used, token) => db.Set<ApiKeyRow>().Where(row => row.Id == key.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, (DateTimeOffset?)used), token),
                cancellationToken);
        }

        return (ToKey(key), roles);
    }

    private static ApiKey ToKey(ApiKeyRow row) => new()
    {
        Id = row.Id,
        AccountId = row.UserId,
        Name = row.Name,
        Prefix = row.Prefix,
        Scopes = row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        CreatedAt = row.CreatedAt,
        ExpiresAt = row.ExpiresAt,
        LastUsedAt = row.LastUsedAt,
        RevokedAt = row.RevokedAt,
    };
}
