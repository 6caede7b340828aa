using Microsoft.EntityFrameworkCore;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>Every table of accounts.</summary>
internal static class AccountTables
{
    public static void AddTo(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfiguration(new UserTable())
        .ApplyConfiguration(new RoleTable())
        .ApplyConfiguration(new UserRoleTable())
        .ApplyConfiguration(new SessionTable())
        .ApplyConfiguration(new RefreshTokenTable())
        .ApplyConfiguration(new ApiKeyTable())
        .ApplyConfiguration(new PasswordResetTable())
        .ApplyConfiguration(new SignInFailureTable())
        .ApplyConfiguration(new CondemnedOwnerTable());
}
