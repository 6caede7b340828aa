using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>An idempotency key and the job it made.</summary>
public sealed class IdempotencyRow
{
    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>HTTP method.</summary>
    public required string Method { get; set; }

    /// <summary>Route template.</summary>
    public required string Route { get; set; }

    /// <summary>What the caller sent.</summary>
    public required string Key { get; set; }

    /// <summary>Hash of the parsed content.</summary>
    public required string Fingerprint { get; set; }

    /// <summary>The job it made.</summary>
    public Guid JobId { get; set; }

    /// <summary>When it was used first.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>The table of idempotency keys; its primary key is what makes a key unique.</summary>
public sealed class IdempotencyTable : IEntityTypeConfiguration<IdempotencyRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<IdempotencyRow> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(row => new { row.Owner, row.Method, row.Route, row.Key });
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Method).HasMaxLength(16);
        builder.Property(row => row.Route).HasMaxLength(256);
        builder.Property(row => row.Key).HasMaxLength(IdempotencyKey.MaxLength);
        builder.Property(row => row.Fingerprint).HasMaxLength(128);
        builder.HasOne<JobRow>().WithMany().HasForeignKey(row => row.JobId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.JobId).HasDatabaseName("ix_idempotency_keys_job");
        builder.HasIndex(row => row.CreatedAt).HasDatabaseName("ix_idempotency_keys_age");
    }
}
