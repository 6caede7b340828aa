using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Accounts;

/// <summary>Accounts in a relational database, by ASP.NET Core Identity's store.</summary>
public sealed partial class SqlAccountStore(StudioDatabase database) : IAccountStore
{
    /// <inheritdoc/>
    public Task<(Account? Created, NamesTaken? Taken)> CreateAsync(NewAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        return database.WriteAsync<(Account? Created, NamesTaken? Taken)>(
            async (db, now, token) =>
            {
                if (await TakenAsync(db, null, account.Email, account.UserName, token) is { } taken) return (null, taken);

                var users = AccountRecords.Store(db);
                var row = new UserRow
                {
                    Id = Guid.CreateVersion7(now),
                    Email = account.Email.Text,
                    NormalizedEmail = account.Email.Key,
                    UserName = account.UserName.Text,
                    NormalizedUserName = account.UserName.Skeleton,
                    SecurityStamp = AccountRecords.NewEpoch(),
                    CreatedAt = now,
                };
                await users.SetPasswordHashAsync(row, account.PasswordHash, token);
                await users.CreateAsync(row, token);
                string[] roles = [AccountRoles.User, .. account.ExtraRoles.Except([AccountRoles.User])];
                foreach (var role in roles) await users.AddToRoleAsync(row, role, token);
                await db.SaveChangesAsync(token);
                return (AccountRecords.ToAccount(row, AccountRecords.Sort(roles)), null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => await FindRowAsync(db, id, token) is { } row ? await AccountRecords.ToAccountAsync(db, row, token) : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<AccountCredentials?> FindCredentialsAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(email);
        return database.ReadAsync(
            async (db, token) => await ToCredentialsAsync(db, await AccountRecords.Store(db).FindByEmailAsync(email.Key, token), token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AccountCredentials?> FindCredentialsAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => await ToCredentialsAsync(db, await FindRowAsync(db, id, token), token),
            cancellationToken);

    /// <inheritdoc/>
    public Task RehashAsync(Guid id, string oldHash, string newHash, CancellationToken cancellationToken) =>
        database.WriteAsync(
            (db, _, token) => db.Set<UserRow>().Where(row => row.Id == id && row.PasswordHash == oldHash)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, newHash), token),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Account?> ChangePasswordAsync(Guid id, string oldHash, string newHash, bool revokeKeys, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                if (await FindRowAsync(db, id, token) is not { } row || row.PasswordHash != oldHash) return null;

                await AccountRecords.Store(db).SetPasswordHashAsync(row, newHash, token);
                await EndResetsAsync(db, id, now, token);
                await AccountRecords.EndTokensAsync(db, row, revokeKeys, now, token);
                await db.SaveChangesAsync(token);
                return await AccountRecords.ToAccountAsync(db, row, token);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> EndTokensAsync(Guid id, bool revokeKeys, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                if (await FindRowAsync(db, id, token) is not { } row) return false;
                await AccountRecords.EndTokensAsync(db, row, revokeKeys, now, token);
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<(Account? Changed, NamesTaken? Taken)> ChangeProfileAsync(Guid id, ProfileChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.WriteAsync<(Account? Changed, NamesTaken? Taken)>(
            async (db, _, token) =>
            {
                if (await FindRowAsync(db, id, token) is not { } row) return (null, null);
                if (change.UserName is { } name)
                {
                    if (await TakenAsync(db, id, null, name, token) is { } taken) return (null, taken);
                    (row.UserName, row.NormalizedUserName) = (name.Text, name.Skeleton);
                }

                row.Bio = change.Bio ?? row.Bio;
                if (change.PreferredStyles is { } styles)
                    row.PreferredStyles = JsonSerializer.Serialize(styles, AccountRowJson.Default.IReadOnlyListString);
                await AccountRecords.Store(db).UpdateAsync(row, token);
                await db.SaveChangesAsync(token);
                return (await AccountRecords.ToAccountAsync(db, row, token), null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> SetRolesAsync(Guid id, IReadOnlyCollection<string> roles, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, _, token) =>
            {
                if (await FindRowAsync(db, id, token) is not { } row) return false;
                var users = AccountRecords.Store(db);
                var had = await AccountRecords.RolesAsync(db, id, token);
                string[] wanted = [AccountRoles.User, .. roles.Except([AccountRoles.User])];
                foreach (var role in had.Except(wanted)) await users.RemoveFromRoleAsync(row, role, token);
                foreach (var role in wanted.Except(had)) await users.AddToRoleAsync(row, role, token);
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, now, token) =>
            {
                if (await FindRowAsync(db, id, token) is not { } row) return false;

                var owners = new HashSet<string>(StringComparer.Ordinal) { Owner.User(id).Text };
                var keys = await db.Set<ApiKeyRow>().Where(key => key.UserId == id).Select(key => key.Id).ToListAsync(token);
                foreach (var key in keys) owners.UnionWith(await OwnedTables.OwnersAsync(db, $"svc:{key:N}:", token));
                var known = await db.Set<CondemnedOwnerRow>().Where(owner => owners.Contains(owner.Name)).Select(owner => owner.Name).ToListAsync(token);
                db.AddRange(owners.Except(known).Select(owner => new CondemnedOwnerRow { Name = owner, DeletedAt = now }));

                // Its roles, sessions, keys and reset tokens go with it.
                await AccountRecords.Store(db).DeleteAsync(row, token);
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);

    private static Task<UserRow?> FindRowAsync(StudioDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Set<UserRow>().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);

    private static async Task<AccountCredentials?> ToCredentialsAsync(StudioDbContext db, UserRow? row, CancellationToken cancellationToken) =>
        row is null ? null : new AccountCredentials(await AccountRecords.ToAccountAsync(db, row, cancellationToken), row.PasswordHash!);

    private static async Task<NamesTaken?> TakenAsync(
        StudioDbContext db, Guid? except, EmailAddress? email, UserName name, CancellationToken cancellationToken)
    {
        var (key, skeleton) = (email?.Key, name.Skeleton);
        var found = await db.Set<UserRow>()
            .Where(row => row.Id != except && ((key != null && row.NormalizedEmail == key) || row.NormalizedUserName == skeleton))
            .Select(row => new { Email = row.NormalizedEmail == key, Name = row.NormalizedUserName == skeleton })
            .ToListAsync(cancellationToken);
        return found.Count == 0 ? null : new NamesTaken(found.Any(row => row.Email), found.Any(row => row.Name));
    }
}
