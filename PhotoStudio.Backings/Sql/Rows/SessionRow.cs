using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A sign-in as it is stored.</summary>
public sealed class SessionRow
{
    /// <summary>The session.</summary>
    public Guid Id { get; set; }

    /// <summary>Whose.</summary>
    public Guid UserId { get; set; }

    /// <summary>The account's epoch when it was opened; good only while that is the account's.</summary>
    public required string Epoch { get; set; }

    /// <summary>SHA-256 of the long-lived token, in hexadecimal.</summary>
    public required string TokenHash { get; set; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the long-lived token ends.</summary>
    public DateTimeOffset TokenExpiresAt { get; set; }

    /// <summary>When the last token of it ends.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was ended before its time.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>The table of sign-ins.</summary>
public sealed class SessionTable : IEntityTypeConfiguration<SessionRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Epoch).HasMaxLength(64);
        builder.Property(row => row.TokenHash).HasMaxLength(64);
        builder.HasOne<UserRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.TokenHash).IsUnique().HasDatabaseName("ux_sessions_token");
        builder.HasIndex(row => row.UserId).HasDatabaseName("ix_sessions_user");
        builder.HasIndex(row => row.ExpiresAt).HasDatabaseName("ix_sessions_expiry");
    }
}

/// <summary>A refresh token as it is stored; used ones stay, so that a second use is noticed.</summary>
public sealed class RefreshTokenRow
{
    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string Hash { get; set; }

    /// <summary>Whose family it is of.</summary>
    public Guid SessionId { get; set; }

    /// <summary>When it was given out.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was exchanged.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>The table of refresh tokens.</summary>
public sealed class RefreshTokenTable : IEntityTypeConfiguration<RefreshTokenRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<RefreshTokenRow> builder)
    {
        builder.ToTable("refresh_tokens");
        builder.HasKey(row => row.Hash);
        builder.Property(row => row.Hash).HasMaxLength(64);
        builder.HasOne<SessionRow>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.SessionId).HasDatabaseName("ix_refresh_tokens_session");
    }
}
