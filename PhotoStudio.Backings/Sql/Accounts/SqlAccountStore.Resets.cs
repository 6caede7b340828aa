using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Accounts;

/// <content>Reset tokens.</content>
public sealed partial class SqlAccountStore
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public Task<bool> AddResetAsync(Guid id, string tokenHash, TimeSpan lifetime, int mostInAnHour, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                var since = now - Hour;
                if (await FindRowAsync(db, id, token) is null) return false;
                if (await db.Set<PasswordResetRow>().CountAsync(row => row.UserId == id && row.CreatedAt > since, token) >= mostInAnHour) return false;

                db.Add(new PasswordResetRow { Hash = tokenHash, UserId = id, CreatedAt = now, ExpiresAt = now + lifetime });
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Account?> FindResetAsync(string tokenHash, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, now, token) =>
                await Usable(db, tokenHash, now).Select(row => (Guid?)row.UserId).SingleOrDefaultAsync(token) is { } id
                && await FindRowAsync(db, id, token) is { } row
                    ? await AccountRecords.ToAccountAsync(db, row, token)
                    : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<Account?> UseResetAsync(string tokenHash, string passwordHash, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                if (await Usable(db, tokenHash, now).Select(row => (Guid?)row.UserId).SingleOrDefaultAsync(token) is not { } id) return null;

                // The update decides who used it; whoever read it as usable a moment ago and comes second changes nothing.
                if (await Usable(db, tokenHash, now).ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, (DateTimeOffset?)now), token) != 1) return null;
                if (await FindRowAsync(db, id, token) is not { } row) return null;

                await AccountRecords.Store(db).SetPasswordHashAsync(row, passwordHash, token);
                await EndResetsAsync(db, id, now, token);
                await AccountRecords.EndTokensAsync(db, row, revokeKeys: true, now, token);
                await db.SaveChangesAsync(token);
                return await AccountRecords.ToAccountAsync(db, row, token);
            },
            cancellationToken);

    private static IQueryable<PasswordResetRow> Usable(StudioDbContext db, string tokenHash, DateTimeOffset now) =>
        db.Set<PasswordResetRow>().Where(row => row.Hash == tokenHash && row.UsedAt == null && row.ExpiresAt > now);

    private static Task<int> EndResetsAsync(StudioDbContext db, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Set<PasswordResetRow>().Where(row => row.UserId == id && row.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, (DateTimeOffset?)now), cancellationToken);
}
