using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A webhook as it is stored.</summary>
public sealed class WebhookRow
{
    /// <summary>The webhook.</summary>
    public Guid Id { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>Where messages go; null for what signs the messages of single jobs.</summary>
    public string? Url { get; set; }

    /// <summary>What its owner says about it.</summary>
    public required string Description { get; set; }

    /// <summary>The types of event it wants, separated by blanks; empty for all.</summary>
    public required string Events { get; set; }

    /// <summary>Whether it is told.</summary>
    public bool Enabled { get; set; }

    /// <summary>What signs.</summary>
    public required string Secret { get; set; }

    /// <summary>The secret before.</summary>
    public string? PreviousSecret { get; set; }

    /// <summary>Until when the secret before signs too.</summary>
    public DateTimeOffset? PreviousUntil { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Counts changes.</summary>
    public long Version { get; set; }
}

/// <summary>The table of webhooks.</summary>
public sealed class WebhookTable : IEntityTypeConfiguration<WebhookRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<WebhookRow> builder)
    {
        builder.ToTable("webhooks");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Url).HasMaxLength(Webhook.MaxUrlLength);
        builder.Property(row => row.Description).HasMaxLength(500);
        builder.Property(row => row.Events).HasMaxLength(500);
        builder.Property(row => row.Secret).HasMaxLength(128);
        builder.Property(row => row.PreviousSecret).HasMaxLength(128);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => new { row.Owner, row.CreatedAt, row.Id }).HasDatabaseName("ix_webhooks_owner");
    }
}

/// <summary>A message as it is stored.</summary>
public sealed class WebhookDeliveryRow
{
    /// <summary>The message.</summary>
    public Guid Id { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>The webhook it goes to, or whose secret signs it.</summary>
    public Guid WebhookId { get; set; }

    /// <summary>Where it goes.</summary>
    public required string Url { get; set; }

    /// <summary>The type of the event.</summary>
    public required string Type { get; set; }

    /// <summary>The body.</summary>
    public required string Payload { get; set; }

    /// <summary>The job it is about.</summary>
    public Guid? JobId { get; set; }

    /// <summary>Where it stands, as a number.</summary>
    public DeliveryState State { get; set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>From when on the day of attempts counts.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>When the next attempt is due, or the attempt that runs is given up; null when there will be none.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>How many attempts were begun; the fencing token.</summary>
    public int Attempts { get; set; }

    /// <summary>JSON array of the latest attempts, the last one first.</summary>
    public required string Log { get; set; }
}

/// <summary>The table of messages.</summary>
public sealed class WebhookDeliveryTable : IEntityTypeConfiguration<WebhookDeliveryRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<WebhookDeliveryRow> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Url).HasMaxLength(Webhook.MaxUrlLength);
        builder.Property(row => row.Type).HasMaxLength(64);
        builder.Property(row => row.Attempts).IsConcurrencyToken();
        builder.HasOne<WebhookRow>().WithMany().HasForeignKey(row => row.WebhookId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.Owner, row.CreatedAt, row.Id }).HasDatabaseName("ix_webhook_deliveries_owner");
        builder.HasIndex(row => row.NextAt).HasFilter("next_at IS NOT NULL").HasDatabaseName("ix_webhook_deliveries_due");
        builder.HasIndex(row => row.CreatedAt).HasDatabaseName("ix_webhook_deliveries_age");
        builder.HasIndex(row => row.WebhookId).HasDatabaseName("ix_webhook_deliveries_webhook");
    }
}
