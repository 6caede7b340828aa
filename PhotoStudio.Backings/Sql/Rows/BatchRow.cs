using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A batch as it is stored. Where it stands is not: that follows from its flows.</summary>
public sealed class BatchRow
{
    /// <summary>The batch.</summary>
    public Guid Id { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>JSON array of steps.</summary>
    public required string Steps { get; set; }

    /// <summary>JSON array of items.</summary>
    public required string Items { get; set; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was called off.</summary>
    public DateTimeOffset? CancelledAt { get; set; }
}

/// <summary>The table of batches.</summary>
public sealed class BatchTable : IEntityTypeConfiguration<BatchRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<BatchRow> builder)
    {
        builder.ToTable("batches");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.HasIndex(row => new { row.Owner, row.CreatedAt, row.Id }).HasDatabaseName("ix_batches_owner");
    }
}
