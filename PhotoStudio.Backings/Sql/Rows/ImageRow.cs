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

    /// <summary>What its owner calls it.</summary>
    public string? Title { get; set; }

    /// <summary>What its owner says about it.</summary>
    public string? Description { get; set; }

    /// <summary>The name of the file that was sent.</summary>
    public string? FileName { get; set; }

    /// <summary>JSON array of tags; <see cref="ImageTagRow"/> is their index.</summary>
    public string? Tags { get; set; }

    /// <summary>Whether its owner shows it to everybody.</summary>
    public bool IsPublic { get; set; }

    /// <summary>Whether it may be shown to others.</summary>
    public bool IsContentSafe { get; set; }

    /// <summary>Whether moderation wants a person to look at it, and nobody has.</summary>
    public bool NeedsReview { get; set; }

    /// <summary>Whether it is a favourite.</summary>
    public bool IsFavorite { get; set; }

    /// <summary>1–5.</summary>
    public int? Rating { get; set; }

    /// <summary>What its owner says about the rating.</summary>
    public string? RatingComment { get; set; }

    /// <summary>Whether it is an entry of its owner's gallery.</summary>
    public bool InGallery { get; set; }

    /// <summary>The prompt as it was given.</summary>
    public string? Prompt { get; set; }

    /// <summary>The prompt that the engine was given.</summary>
    public string? RefinedPrompt { get; set; }

    /// <summary>What the owner was understood to want.</summary>
    public string? Intent { get; set; }

    /// <summary>The style it was made in.</summary>
    public string? Style { get; set; }

    /// <summary>The task that a client says it came from.</summary>
    public string? TaskId { get; set; }

    /// <summary>JSON object that a client wants to be kept with it.</summary>
    public string? Settings { get; set; }

    /// <summary>JSON of what moderation found.</summary>
    public string? Moderation { get; set; }

    /// <summary>The 64 bits of its perceptual hash.</summary>
    public long? PerceptualHash { get; set; }

    /// <summary>JSON of what the camera wrote.</summary>
    public string? Camera { get; set; }

    /// <summary>When its owner last changed something about it.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>Counts the changes of the record; two that meet are told apart by it.</summary>
    public long Version { get; set; }
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
        builder.Property(row => row.Title).HasMaxLength(ImageLimits.MaxTitleLength);
        builder.Property(row => row.Description).HasMaxLength(ImageLimits.MaxDescriptionLength);
        builder.Property(row => row.FileName).HasMaxLength(FileNames.MaxLength);
        builder.Property(row => row.RatingComment).HasMaxLength(ImageLimits.MaxCommentLength);
        builder.Property(row => row.Intent).HasMaxLength(ImageLimits.MaxNameLength);
        builder.Property(row => row.Style).HasMaxLength(ImageLimits.MaxNameLength);
        builder.Property(row => row.TaskId).HasMaxLength(ImageLimits.MaxNameLength);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasOne<JobRow>().WithMany().HasForeignKey(row => row.JobId).OnDelete(DeleteBehavior.Restrict);

        // A list is counted and ordered by its shelf's index alone. Flags stand in the filters, since SQLite takes a bare flag for no
        // equality, and again at the end, since it reads the row to see a flag that the index does not hold.
        const string here = "deleted_at IS NULL";
        builder.HasIndex(row => new { row.Owner, row.CreatedAt, row.Id }).HasDatabaseName("ix_images_owner");
        builder.HasIndex(row => new { row.Owner, row.Kind, row.CreatedAt, row.Id, row.DeletedAt }).HasFilter(here).HasDatabaseName("ix_images_kind");
        builder.HasIndex(row => new { row.Owner, row.CreatedAt, row.Id, row.DeletedAt, row.InGallery }, "ix_images_gallery")
            .HasFilter($"{here} AND in_gallery");
        builder.HasIndex(row => new { row.Owner, row.CreatedAt, row.Id, row.DeletedAt, row.InGallery, row.IsFavorite }, "ix_images_favorites")
            .HasFilter($"{here} AND in_gallery AND is_favorite");
        builder.HasIndex(row => new { row.Owner, row.Operation, row.CreatedAt, row.Id, row.DeletedAt, row.InGallery }, "ix_images_operation")
            .HasFilter($"{here} AND in_gallery");
        builder.HasIndex(row => new { row.Owner, row.Style, row.CreatedAt, row.Id, row.DeletedAt, row.InGallery }, "ix_images_style")
            .HasFilter($"{here} AND in_gallery");
        builder.HasIndex(row => new { row.CreatedAt, row.Id, row.DeletedAt, row.IsPublic, row.IsContentSafe }, "ix_images_public")
            .HasFilter($"{here} AND is_public AND is_content_safe");
        builder.HasIndex(row => new { row.CreatedAt, row.Id, row.DeletedAt, row.NeedsReview }, "ix_images_review").HasFilter($"{here} AND needs_review");
        builder.HasIndex(row => new { row.Owner, row.DeletedAt, row.Id }).HasFilter("deleted_at IS NOT NULL").HasDatabaseName("ix_images_deleted");
        builder.HasIndex(row => new { row.Owner, row.PerceptualHash, row.Id, row.DeletedAt, row.Kind }, "ix_images_hash").HasFilter(here);
        builder.HasIndex(row => row.BlobKey).HasDatabaseName("ix_images_blob");
        builder.HasIndex(row => new { row.Owner, row.Sha256, row.CreatedAt, row.Id }).HasDatabaseName("ix_images_sha256");
        builder.HasIndex(row => new { row.JobId, row.Position }).HasFilter("job_id IS NOT NULL").HasDatabaseName("ix_images_job");
    }
}
