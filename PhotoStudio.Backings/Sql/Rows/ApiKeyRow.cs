using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A key as it is stored.</summary>
public sealed class ApiKeyRow
{
    /// <summary>The key.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose.</summary>
    public Guid UserId { get; set; }

    /// <summary>What its maker calls it.</summary>
    public required string Name { get; set; }

    /// <summary>The secret's first characters.</summary>
    public required string Prefix { get; set; }

    /// <summary>SHA-256 of the secret, in hexadecimal.</summary>
    public required string Hash { get; set; }

    /// <summary>Scopes, separated by blanks.</summary>
    public required string Scopes { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>About when it was last used.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>The table of keys.</summary>
public sealed class ApiKeyTable : IEntityTypeConfiguration<ApiKeyRow>
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ApiKeyRow> builder)
    {
        builder.ToTable("api_keys");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(MaxNameLength);
        builder.Property(row => row.Prefix).HasMaxLength(16);
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.Property(row => row.Scopes).HasMaxLength(256);
        builder.HasOne<UserRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.Hash).IsUnique().HasDatabaseName("ux_api_keys_hash");
        builder.HasIndex(row => new { row.UserId, row.CreatedAt, row.Id }).HasDatabaseName("ix_api_keys_user");
    }
}
