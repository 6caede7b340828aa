using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A picture's record as it is stored.</summary>
public sealed class ImageRow
{
    /// <summary>The picture.</summary>
    public Guid Id { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>Where it came from; stored by its wire name.</summary>
    public ImageKind Kind { get; set; }

    /// <summary>Where its bytes are.</summary>
    public required string BlobKey { get; set; }

    /// <summary>Media type.</summary>
    public required string ContentType { get; set; }

    /// <summary>Pixels.</summary>
    public int Width { get; set; }

    /// <summary>Pixels.</summary>
    public int Height { get; set; }

    /// <summary>Size of its bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Sha256 { get; set; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>The job that made it.</summary>
    public Guid? JobId { get; set; }

    /// <summary>Its number among the job's results, from 0.</summary>
    public int Position { get; set; }

    /// <summary>The operation that made it.</summary>
    public string? Operation { get; set; }

    /// <summary>JSON object of the parameters it was made with.</summary>
    public string? Parameters { get; set; }

    /// <summary>JSON of the engine's report.</summary>
    public string? Engine { get; set; }

    /// <summary>JSON array of the ids it was made from.</summary>
    public required string Parents { get; set; }

    /// <summary>How often it was downloaded.</summary>
    public long Downloads { get; set; }

    /// <summary>When its owner deleted it.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>The table of pictures.</summary>
public sealed class ImageTable : IEntityTypeConfiguration<ImageRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ImageRow> builder)
    {
        builder.ToTable("images");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Kind).HasMaxLength(16).HasConversion(kind => WireNames.Of(kind), text => WireNames.Kind(text));
        builder.Property(row => row.BlobKey).HasMaxLength(BlobKeys.MaxLength);
        builder.Property(row => row.ContentType).HasMaxLength(64);
        builder.Property(row => row.Sha256).HasMaxLength(64);
        builder.Property(row => row.Operation).HasMaxLength(64);
        builder.HasOne<JobRow>().WithMany().HasForeignKey(row => row.JobId).OnDelete(DeleteBehavior.Restrict);

        builder.HasIndex(row => new { row.Owner, row.CreatedAt, row.Id }).HasDatabaseName("ix_images_owner");
        builder.HasIndex(row => new { row.Owner, row.Sha256, row.CreatedAt, row.Id }).HasDatabaseName("ix_images_sha256");
        builder.HasIndex(row => new { row.JobId, row.Position }).HasFilter("job_id IS NOT NULL").HasDatabaseName("ix_images_job");
    }
}
