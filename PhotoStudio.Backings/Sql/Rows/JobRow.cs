using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A job as it is stored.</summary>
public sealed class JobRow
{
    /// <summary>The job.</summary>
    public Guid Id { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>Whose folder has its bytes, where that is another than its owner's: the guest's whose account adopted it.</summary>
    public string? StoredFor { get; set; }

    /// <summary>The operation's wire name.</summary>
    public required string Operation { get; set; }

    /// <summary>JSON object.</summary>
    public required string Parameters { get; set; }

    /// <summary>JSON of what the engine is given in place of the prompt.</summary>
    public string? Refinement { get; set; }

    /// <summary>JSON array of job inputs.</summary>
    public required string Inputs { get; set; }

    /// <summary>Who goes first; stored as a number, so that it orders.</summary>
    public JobLane Lane { get; set; }

    /// <summary>Where it stands; stored by its wire name.</summary>
    public JobState State { get; set; }

    /// <summary>The latest fencing token.</summary>
    public int Attempt { get; set; }

    /// <summary>Failed attempts.</summary>
    public int Failures { get; set; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>It is not claimed before this.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>When the latest attempt began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended; null exactly while it is pending or processing.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Who holds it.</summary>
    public string? Worker { get; set; }

    /// <summary>When the lease ends; null unless it is processing.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>0–1.</summary>
    public double Progress { get; set; }

    /// <summary>What the attempt is doing.</summary>
    public string? Stage { get; set; }

    /// <summary>JSON of the latest failure.</summary>
    public string? Failure { get; set; }

    /// <summary>Whether an operator may want to replay it.</summary>
    public bool DeadLetter { get; set; }

    /// <summary>JSON of the engine's report.</summary>
    public string? Engine { get; set; }

    /// <summary>JSON an operation delivered.</summary>
    public string? Data { get; set; }

    /// <summary>The flow it is a step of.</summary>
    public Guid? FlowId { get; set; }

    /// <summary>Which step, from 0.</summary>
    public int FlowStep { get; set; }

    /// <summary>The batch that flow is an item of.</summary>
    public Guid? BatchId { get; set; }

    /// <summary>Where its end is told.</summary>
    public string? WebhookUrl { get; set; }

    /// <summary>W3C trace context.</summary>
    public string? TraceParent { get; set; }

    /// <summary>When it was last handed to the dispatcher; null when it has not been since it became pending.</summary>
    public DateTimeOffset? RungAt { get; set; }

    /// <summary>When it finished with blobs of lost attempts possibly left behind; null when there can be none.</summary>
    public DateTimeOffset? UntidySince { get; set; }

    /// <summary>Counts changes; an update that expects an older number changes nothing.</summary>
    public long Version { get; set; }
}

/// <summary>The table of jobs.</summary>
public sealed class JobTable : IEntityTypeConfiguration<JobRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<JobRow> builder)
    {
        builder.ToTable("jobs");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.StoredFor).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Operation).HasMaxLength(64);
        builder.Property(row => row.WebhookUrl).HasMaxLength(Webhook.MaxUrlLength);
        builder.Property(row => row.State).HasMaxLength(16).HasConversion(state => state.WireName(), text => WireNames.State(text));
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasOne<FlowRow>().WithMany().HasForeignKey(row => row.FlowId).OnDelete(DeleteBehavior.Restrict);

        builder.HasIndex(row => new { row.Owner, row.CreatedAt, row.Id }).HasDatabaseName("ix_jobs_owner");
        builder.HasIndex(row => new { row.Owner, row.Lane, row.CreatedAt, row.State, row.NotBefore })
            .HasFilter("finished_at IS NULL").HasDatabaseName("ix_jobs_unfinished");
        builder.HasIndex(row => row.LeaseUntil).HasFilter("lease_until IS NOT NULL").HasDatabaseName("ix_jobs_lease");
        builder.HasIndex(row => new { row.Operation, row.FinishedAt })
            .HasFilter("state = 'completed'").HasDatabaseName("ix_jobs_completed");
        builder.HasIndex(row => row.UntidySince).HasFilter("untidy_since IS NOT NULL").HasDatabaseName("ix_jobs_untidy");
        builder.HasIndex(row => row.FlowId).HasFilter("flow_id IS NOT NULL").HasDatabaseName("ix_jobs_flow");
        builder.HasIndex(row => new { row.FinishedAt, row.Id }).HasFilter("dead_letter").HasDatabaseName("ix_jobs_dead_letters");
    }
}
