using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Accounts;

/// <summary>Accounts in one open context, by ASP.NET Core Identity's store; whoever opened the context saves.</summary>
internal static class AccountRecords
{
    public static UserStore<UserRow, IdentityRole<Guid>, StudioDbContext, Guid> Store(StudioDbContext db) => new(db) { AutoSaveChanges = false };

    public static string NewEpoch() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public static async Task<IReadOnlyList<string>> RolesAsync(StudioDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        var roles =
            from given in db.Set<IdentityUserRole<Guid>>()
            join role in db.Set<IdentityRole<Guid>>() on given.RoleId equals role.Id
            where given.UserId == userId
            select role.Name!;
        return Sort(await roles.ToListAsync(cancellationToken));
    }

    /// <summary>Roles in the order of <see cref="AccountRoles.All"/>.</summary>
    public static IReadOnlyList<string> Sort(IReadOnlyCollection<string> roles) => [.. AccountRoles.All.Where(roles.Contains)];

    public static async Task<Account> ToAccountAsync(StudioDbContext db, UserRow row, CancellationToken cancellationToken) =>
        ToAccount(row, await RolesAsync(db, row.Id, cancellationToken));

    public static Account ToAccount(UserRow row, IReadOnlyList<string> roles) => new()
    {
        Id = row.Id,
        Email = row.Email!,
        UserName = row.UserName!,
        Roles = roles,
        CreatedAt = row.CreatedAt,
        TokenEpoch = row.SecurityStamp!,
        Bio = row.Bio,
        PreferredStyles = JsonSerializer.Deserialize(row.PreferredStyles, AccountRowJson.Default.IReadOnlyListString)!,
        MaxDailyProcesses = row.MaxDailyProcesses,
        LockedAt = row.LockedAt,
    };

    /// <summary>Puts another epoch into the account, so that every session opened before is over.</summary>
    public static async Task EndTokensAsync(
        StudioDbContext db, UserRow row, bool revokeKeys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var users = Store(db);
        await users.SetSecurityStampAsync(row, NewEpoch(), cancellationToken);
        await users.UpdateAsync(row, cancellationToken);
        await db.Set<SessionRow>().Where(session => session.UserId == row.Id && session.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.RevokedAt, (DateTimeOffset?)now), cancellationToken);
        if (!revokeKeys) return;
        await db.Set<ApiKeyRow>().Where(key => key.UserId == row.Id && key.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.RevokedAt, (DateTimeOffset?)now), cancellationToken);
    }
}

/// <summary>JSON in columns of accounts.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class AccountRowJson : JsonSerializerContext;
