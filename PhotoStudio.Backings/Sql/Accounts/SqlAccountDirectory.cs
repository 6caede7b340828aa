using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Accounts;

/// <summary>Every account, in a relational database.</summary>
public sealed class SqlAccountDirectory(StudioDatabase database) : IAccountDirectory
{
    /// <inheritdoc/>
    public Task<Page<Account>> ListAsync(AccountFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.Set<UserRow>().AsNoTracking();
                if (filter.Search is { } search)
                {
                    var pattern = $"%{search.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_").ToUpperInvariant()}%";
                    rows = rows.Where(row => EF.Functions.Like(row.Email!.ToUpper(), pattern, "\\") || EF.Functions.Like(row.UserName!.ToUpper(), pattern, "\\"));
                }

                if (filter.Locked is { } locked) rows = rows.Where(row => row.LockedAt != null == locked);
                if (filter.Role is { } role)
                {
                    rows = rows.Where(row => db.Set<IdentityUserRole<Guid>>()
                        .Any(given => given.UserId == row.Id && db.Set<IdentityRole<Guid>>().Any(known => known.Id == given.RoleId && known.Name == role)));
                }

                var found = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToPageAsync(page, token);
                var ids = found.Items.Select(row => row.Id).ToList();
                var roles = await (
                    from given in db.Set<IdentityUserRole<Guid>>()
                    join known in db.Set<IdentityRole<Guid>>() on given.RoleId equals known.Id
                    where ids.Contains(given.UserId)
                    select new { given.UserId, Name = known.Name! }).ToListAsync(token);
                var byUser = roles.ToLookup(given => given.UserId, given => given.Name);
                return found.Select(row => AccountRecords.ToAccount(row, AccountRecords.Sort([.. byUser[row.Id]])));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AccountChange> ChangeAsync(Guid id, AccountDecision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);

        // In turn, since whether this is the last admin is a question about all of them.
        return database.WriteAsync(
            WriteMode.InTurn("decisions about accounts"),
            async (db, now, token) =>
            {
                if (await db.Set<UserRow>().SingleOrDefaultAsync(row => row.Id == id, token) is not { } row) return new AccountChange.Missing();

                var had = await AccountRecords.RolesAsync(db, id, token);
                if (had.Contains(AccountRoles.Admin) && row.LockedAt is null && (decision.Admin == false || decision.Locked == true)
                    && !await OtherAdminsAsync(db, id, token))
                {
                    return new AccountChange.LastAdmin();
                }

                var users = AccountRecords.Store(db);
                foreach (var (role, wanted) in ((string, bool?)[])[(AccountRoles.Premium, decision.Premium), (AccountRoles.Admin, decision.Admin)])
                {
                    if (wanted == true && !had.Contains(role)) await users.AddToRoleAsync(row, role, token);
                    if (wanted == false && had.Contains(role)) await users.RemoveFromRoleAsync(row, role, token);
                }

                if (decision.Locked is { } locked) row.LockedAt = locked ? row.LockedAt ?? now : null;
                if (decision.SetsQuota) row.MaxDailyProcesses = decision.MaxDailyProcesses;
                await users.UpdateAsync(row, token);
                await db.SaveChangesAsync(token);
                return (AccountChange)new AccountChange.Done(await AccountRecords.ToAccountAsync(db, row, token));
            },
            cancellationToken);
    }

    private static Task<bool> OtherAdminsAsync(StudioDbContext db, Guid id, CancellationToken cancellationToken) => (
        from given in db.Set<IdentityUserRole<Guid>>()
        join role in db.Set<IdentityRole<Guid>>() on given.RoleId equals role.Id
        join user in db.Set<UserRow>() on given.UserId equals user.Id
        where role.Name == AccountRoles.Admin && user.Id != id && user.LockedAt == null
        select user.Id).AnyAsync(cancellationToken);
}
