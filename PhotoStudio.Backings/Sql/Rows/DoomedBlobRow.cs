using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A blob whose record is gone and whose bytes are still to be deleted.</summary>
public sealed class DoomedBlobRow
{
    /// <summary>Its key; everything below it where it ends in a slash.</summary>
    public required string BlobKey { get; set; }

    /// <summary>When its record went.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>The table of blobs to delete.</summary>
public sealed class DoomedBlobTable : IEntityTypeConfiguration<DoomedBlobRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<DoomedBlobRow> builder)
    {
        builder.ToTable("doomed_blobs");
        builder.HasKey(row => row.BlobKey);
        builder.Property(row => row.BlobKey).HasMaxLength(BlobKeys.MaxLength);
        builder.HasIndex(row => new { row.CreatedAt, row.BlobKey }).HasDatabaseName("ix_doomed_blobs_age");
    }
}
