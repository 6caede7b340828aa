using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>
/// An account as ASP.NET Core Identity's stores keep it, with its profile. <c>SecurityStamp</c> is the token epoch, and
/// <c>NormalizedEmail</c> and <c>NormalizedUserName</c> have what makes the names unique.
/// </summary>
public sealed class UserRow : IdentityUser<Guid>
{
    /// <summary>When it was registered.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>What the person says of themselves.</summary>
    public string Bio { get; set; } = "";

    /// <summary>JSON array of texts.</summary>
    public string PreferredStyles { get; set; } = "[]";

    /// <summary>A daily quota of the account's own.</summary>
    public int? MaxDailyProcesses { get; set; }

    /// <summary>Since when it is kept out.</summary>
    public DateTimeOffset? LockedAt { get; set; }
}

/// <summary>The table of accounts.</summary>
public sealed class UserTable : IEntityTypeConfiguration<UserRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<UserRow> builder)
    {
        builder.ToTable("users");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Email).HasMaxLength(EmailAddress.MaxLength).IsRequired();
        builder.Property(row => row.NormalizedEmail).HasMaxLength(EmailAddress.MaxLength).IsRequired();
        builder.Property(row => row.UserName).HasMaxLength(UserName.MaxLength).IsRequired();
        builder.Property(row => row.NormalizedUserName).HasMaxLength(4 * UserName.MaxLength).IsRequired();
        builder.Property(row => row.PasswordHash).HasMaxLength(512).IsRequired();
        builder.Property(row => row.SecurityStamp).HasMaxLength(64).IsRequired();
        builder.Property(row => row.ConcurrencyStamp).HasMaxLength(64).IsConcurrencyToken();

        // What Identity could keep beside, and this studio does not: sign-ins are slowed down by another table.
        builder.Ignore(row => row.PhoneNumber).Ignore(row => row.PhoneNumberConfirmed).Ignore(row => row.TwoFactorEnabled)
            .Ignore(row => row.LockoutEnd).Ignore(row => row.LockoutEnabled).Ignore(row => row.AccessFailedCount).Ignore(row => row.EmailConfirmed);
        builder.HasIndex(row => row.NormalizedEmail).IsUnique().HasDatabaseName("ux_users_email");
        builder.HasIndex(row => row.NormalizedUserName).IsUnique().HasDatabaseName("ux_users_user_name");
    }
}

/// <summary>The table of roles, which has the rows of <see cref="AccountRoles"/>.</summary>
public sealed class RoleTable : IEntityTypeConfiguration<IdentityRole<Guid>>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<IdentityRole<Guid>> builder)
    {
        builder.ToTable("roles");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(64).IsRequired();
        builder.Property(row => row.NormalizedName).HasMaxLength(64).IsRequired();
        builder.Property(row => row.ConcurrencyStamp).HasMaxLength(64).IsConcurrencyToken();
        builder.HasIndex(row => row.NormalizedName).IsUnique().HasDatabaseName("ux_roles_name");
        builder.HasData(AccountRoles.All.Select((name, index) => new IdentityRole<Guid>(name)
        {
            Id = new Guid($"00000000-0000-4000-8000-{index + 1:x12}"),
            NormalizedName = name,
            ConcurrencyStamp = name,
        }));
    }
}

/// <summary>The table of who has which role.</summary>
public sealed class UserRoleTable : IEntityTypeConfiguration<IdentityUserRole<Guid>>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<IdentityUserRole<Guid>> builder)
    {
        builder.ToTable("user_roles");
        builder.HasKey(row => new { row.UserId, row.RoleId });
        builder.HasOne<UserRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<IdentityRole<Guid>>().WithMany().HasForeignKey(row => row.RoleId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.RoleId).HasDatabaseName("ix_user_roles_role");
    }
}
