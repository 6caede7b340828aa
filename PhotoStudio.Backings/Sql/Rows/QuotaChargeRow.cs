using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>
/// What was taken from a daily quota. The rows of an owner, kind and day are what is used, and giving back deletes one: so nothing can be
/// given back twice, and giving back disturbs nobody else.
/// </summary>
public sealed class QuotaChargeRow
{
    /// <summary>What it was taken for: a job, a flow, a picture.</summary>
    public Guid SubjectId { get; set; }

    /// <summary>Which step of a flow; 0 otherwise.</summary>
    public int Step { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>The quota's wire name.</summary>
    public required string Kind { get; set; }

    /// <summary>The UTC day, counted from 0001-01-01.</summary>
    public int Day { get; set; }

    /// <summary>How many units.</summary>
    public int Units { get; set; }
}

/// <summary>The table of what was taken from daily quotas.</summary>
public sealed class QuotaChargeTable : IEntityTypeConfiguration<QuotaChargeRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<QuotaChargeRow> builder)
    {
        builder.ToTable("quota_charges");
        builder.HasKey(row => new { row.SubjectId, row.Step });
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Kind).HasMaxLength(32);
        builder.HasIndex(row => new { row.Owner, row.Day, row.Kind, row.Units }).HasDatabaseName("ix_quota_charges_owner");
        builder.HasIndex(row => row.Day).HasDatabaseName("ix_quota_charges_day");
    }
}
