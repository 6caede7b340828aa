using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Audit;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>Something that an administrator did, as it is stored.</summary>
public sealed class AuditRow
{
    /// <summary>The entry.</summary>
    public Guid Id { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who.</summary>
    public required string Actor { get; set; }

    /// <summary>What.</summary>
    public required string Action { get; set; }

    /// <summary>On what.</summary>
    public required string Target { get; set; }

    /// <summary>The HTTP status it ended with.</summary>
    public int Outcome { get; set; }

    /// <summary>What was asked for.</summary>
    public string? Details { get; set; }
}

/// <summary>The table of what administrators did.</summary>
public sealed class AuditTable : IEntityTypeConfiguration<AuditRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit_log");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Actor).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Action).HasMaxLength(64);
        builder.Property(row => row.Target).HasMaxLength(AuditEntry.MaxLength);
        builder.Property(row => row.Details).HasMaxLength(AuditEntry.MaxLength);
        builder.HasIndex(row => new { row.At, row.Id }).HasDatabaseName("ix_audit_log_time");
    }
}
