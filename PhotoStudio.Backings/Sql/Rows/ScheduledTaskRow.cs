using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A scheduled task as it is stored: the lease of its leader, and its latest run.</summary>
public sealed class ScheduledTaskRow
{
    /// <summary>The task.</summary>
    public required string Name { get; set; }

    /// <summary>What it does.</summary>
    public required string Description { get; set; }

    /// <summary>When it is due.</summary>
    public DateTimeOffset NextAt { get; set; }

    /// <summary>The latest fencing token.</summary>
    public long Token { get; set; }

    /// <summary>Who leads.</summary>
    public string? Holder { get; set; }

    /// <summary>When the lead ends unless it is renewed.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When the latest run began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When the latest run ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Whether it did its work.</summary>
    public bool? Succeeded { get; set; }

    /// <summary>What came of it.</summary>
    public string? Message { get; set; }

    /// <summary>How long it took.</summary>
    public double Milliseconds { get; set; }

    /// <summary>Counts changes.</summary>
    public long Version { get; set; }
}

/// <summary>The table of scheduled tasks.</summary>
public sealed class ScheduledTaskTable : IEntityTypeConfiguration<ScheduledTaskRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ScheduledTaskRow> builder)
    {
        builder.ToTable("scheduled_tasks");
        builder.HasKey(row => row.Name);
        builder.Property(row => row.Name).HasMaxLength(64);
        builder.Property(row => row.Description).HasMaxLength(500);
        builder.Property(row => row.Holder).HasMaxLength(200);
        builder.Property(row => row.Message).HasMaxLength(1000);
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

/// <summary>How often an operation ended how on a day.</summary>
public sealed class UsageDayRow
{
    /// <summary>The UTC day, counted from 0001-01-01.</summary>
    public int Day { get; set; }

    /// <summary>The operation.</summary>
    public required string Operation { get; set; }

    /// <summary>Jobs that ended with a result.</summary>
    public int Completed { get; set; }

    /// <summary>Jobs that were given up.</summary>
    public int Failed { get; set; }

    /// <summary>Jobs that were called off.</summary>
    public int Cancelled { get; set; }

    /// <summary>Owners of those jobs.</summary>
    public int Owners { get; set; }
}

/// <summary>The table of how often operations ended how.</summary>
public sealed class UsageDayTable : IEntityTypeConfiguration<UsageDayRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<UsageDayRow> builder)
    {
        builder.ToTable("usage_days");
        builder.HasKey(row => new { row.Day, row.Operation });
        builder.Property(row => row.Operation).HasMaxLength(64);
    }
}
