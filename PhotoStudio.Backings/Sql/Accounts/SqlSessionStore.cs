using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Accounts;

/// <summary>Sign-ins in a relational database.</summary>
public sealed class SqlSessionStore(StudioDatabase database) : ISessionStore
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public Task<SessionIdentity?> OpenAsync(NewSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return database.WriteAsync(
            async (db, now, token) =>
            {
                if (!await db.Set<UserRow>().AnyAsync(row => row.Id == session.AccountId && row.SecurityStamp == session.TokenEpoch && row.LockedAt == null, token)) return null;

                var lifetime = session.TokenLifetime > session.RefreshLifetime ? session.TokenLifetime : session.RefreshLifetime;
                var row = new SessionRow
                {
                    Id = Guid.CreateVersion7(now),
                    UserId = session.AccountId,
                    Epoch = session.TokenEpoch,
                    TokenHash = session.TokenHash,
                    CreatedAt = now,
                    TokenExpiresAt = now + session.TokenLifetime,
                    ExpiresAt = now + lifetime,
                };
                db.Add(row);
                db.Add(new RefreshTokenRow { Hash = session.RefreshHash, SessionId = row.Id, CreatedAt = now, ExpiresAt = now + session.RefreshLifetime });
                await db.SaveChangesAsync(token);
                return await IdentifyAsync(db, db.Set<SessionRow>().Where(found => found.Id == row.Id), now, token);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SessionIdentity?> FindByTokenAsync(string tokenHash, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (db, now, token) => IdentifyAsync(db, db.Set<SessionRow>().Where(row => row.TokenHash == tokenHash && row.TokenExpiresAt > now), now, token),
            cancellationToken);

    /// <inheritdoc/>
    public Task<SessionIdentity?> FindAsync(Guid sessionId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            (db, now, token) => IdentifyAsync(db, db.Set<SessionRow>().Where(row => row.Id == sessionId), now, token),
            cancellationToken);

    /// <inheritdoc/>
    public Task<SessionIdentity?> RefreshAsync(string tokenHash, string nextTokenHash, TimeSpan lifetime, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                // The update decides which of several gets the next token; all the others come with a token that was used.
                var won = await db.Set<RefreshTokenRow>().Where(row => row.Hash == tokenHash && row.UsedAt == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, (DateTimeOffset?)now), token) == 1;
                var used = await db.Set<RefreshTokenRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Hash == tokenHash, token);
                if (used is null) return null;
                if (!won)
                {
                    await EndAsync(db, used.SessionId, now, token);
                    return null;
                }

                var session = db.Set<SessionRow>().Where(row => row.Id == used.SessionId);
                if (used.ExpiresAt <= now || await IdentifyAsync(db, session, now, token) is not { } identity) return null;

                var ends = now + lifetime;
                db.Add(new RefreshTokenRow { Hash = nextTokenHash, SessionId = used.SessionId, CreatedAt = now, ExpiresAt = ends });
                await db.SaveChangesAsync(token);
                await session.Where(row => row.ExpiresAt < ends).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, ends), token);
                return identity;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> CloseAsync(Guid sessionId, CancellationToken cancellationToken) =>
        database.WriteAsync(async (db, now, token) => await EndAsync(db, sessionId, now, token) == 1, cancellationToken);

    /// <inheritdoc/>
    public Task ForgetAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                var (old, cold) = (now - Remembered, now - BackOff.Memory - BackOff.Longest);
                await db.Set<SessionRow>().Where(row => row.ExpiresAt < old || row.RevokedAt < old).ExecuteDeleteAsync(token);
                await db.Set<PasswordResetRow>().Where(row => row.ExpiresAt < old).ExecuteDeleteAsync(token);
                return await db.Set<SignInFailureRow>().Where(row => row.LastAt < cold).ExecuteDeleteAsync(token);
            },
            cancellationToken);

    /// <summary>
    /// Who that is, if the session has neither expired nor been ended, and the account is not locked and still under the epoch it was opened in.
    /// </summary>
    private static async Task<SessionIdentity?> IdentifyAsync(
        StudioDbContext db, IQueryable<SessionRow> sessions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await (
            from session in sessions.AsNoTracking()
            join user in db.Set<UserRow>() on session.UserId equals user.Id
            where session.RevokedAt == null && session.ExpiresAt > now && session.Epoch == user.SecurityStamp && user.LockedAt == null
            select new
            {
                session.Id,
                session.UserId,
                session.CreatedAt,
                session.TokenExpiresAt,
                Roles = (
                    from given in db.Set<IdentityUserRole<Guid>>()
                    join role in db.Set<IdentityRole<Guid>>() on given.RoleId equals role.Id
                    where given.UserId == session.UserId
                    select role.Name!).ToList(),
            }).SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new SessionIdentity(found.Id, found.UserId, AccountRecords.Sort(found.Roles), found.CreatedAt, found.TokenExpiresAt);
    }

    private static Task<int> EndAsync(StudioDbContext db, Guid sessionId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Set<SessionRow>().Where(row => row.Id == sessionId && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, (DateTimeOffset?)now), cancellationToken);
}
