using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A flow as it is stored. It changes only together with the job of its current step, whose version guards both.</summary>
public sealed class FlowRow
{
    /// <summary>The flow.</summary>
    public Guid Id { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>JSON array of steps.</summary>
    public required string Steps { get; set; }

    /// <summary>The current step, from 0.</summary>
    public int CurrentStep { get; set; }

    /// <summary>Whether pictures between the steps go once they have been worked on.</summary>
    public bool DropsIntermediates { get; set; }

    /// <summary>The batch it is an item of.</summary>
    public Guid? BatchId { get; set; }

    /// <summary>Its place in the batch, from 0.</summary>
    public int BatchIndex { get; set; }

    /// <summary>Where it stands; stored by its wire name.</summary>
    public JobState State { get; set; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>The table of flows.</summary>
public sealed class FlowTable : IEntityTypeConfiguration<FlowRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<FlowRow> builder)
    {
        builder.ToTable("flows");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.State).HasMaxLength(16).HasConversion(state => state.WireName(), text => WireNames.State(text));
        builder.HasIndex(row => new { row.BatchId, row.BatchIndex }).HasFilter("batch_id IS NOT NULL").HasDatabaseName("ix_flows_batch");
        builder.HasIndex(row => new { row.Owner, row.CreatedAt, row.Id }).HasDatabaseName("ix_flows_owner");
    }
}
