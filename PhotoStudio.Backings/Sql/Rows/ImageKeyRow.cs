using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>An idempotency key and the picture it made without a job.</summary>
public sealed class ImageKeyRow
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

    /// <summary>The picture; it may have been removed since.</summary>
    public Guid ImageId { get; set; }

    /// <summary>When it was used first.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>The table of pictures' idempotency keys.</summary>
public sealed class ImageKeyTable : IEntityTypeConfiguration<ImageKeyRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ImageKeyRow> builder)
    {
        builder.ToTable("image_keys");
        builder.HasKey(row => new { row.Owner, row.Method, row.Route, row.Key });
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Method).HasMaxLength(16);
        builder.Property(row => row.Route).HasMaxLength(256);
        builder.Property(row => row.Key).HasMaxLength(IdempotencyKey.MaxLength);
        builder.Property(row => row.Fingerprint).HasMaxLength(128);
        builder.HasIndex(row => row.CreatedAt).HasDatabaseName("ix_image_keys_age");
    }
}
