using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A reset token as it is stored.</summary>
public sealed class PasswordResetRow
{
    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string Hash { get; set; }

    /// <summary>Whose password it resets.</summary>
    public Guid UserId { get; set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was used, or became worthless because another was.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>The table of reset tokens.</summary>
public sealed class PasswordResetTable : IEntityTypeConfiguration<PasswordResetRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<PasswordResetRow> builder)
    {
        builder.ToTable("password_resets");
        builder.HasKey(row => row.Hash);
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.HasOne<UserRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.UserId, row.CreatedAt }).HasDatabaseName("ix_password_resets_user");
    }
}
