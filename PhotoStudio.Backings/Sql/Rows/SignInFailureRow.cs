using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>Failed sign-ins of an account, an address, or both together.</summary>
public sealed class SignInFailureRow
{
    /// <summary>SHA-256, in hexadecimal, of what is counted: neither names nor addresses of people are kept here.</summary>
    public required string Key { get; set; }

    /// <summary>How many in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When the latest was.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>No further try before this.</summary>
    public DateTimeOffset BlockedUntil { get; set; }

    /// <summary>Counts changes; an update that expects an older number changes nothing.</summary>
    public long Version { get; set; }
}

/// <summary>The table of failed sign-ins.</summary>
public sealed class SignInFailureTable : IEntityTypeConfiguration<SignInFailureRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<SignInFailureRow> builder)
    {
        builder.ToTable("sign_in_failures");
        builder.HasKey(row => row.Key);
        builder.Property(row => row.Key).HasMaxLength(64);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.LastAt).HasDatabaseName("ix_sign_in_failures_age");
    }
}
