using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A tag of a picture, for finding and counting; what is shown stands in the picture's own row.</summary>
public sealed class ImageTagRow
{
    /// <summary>The picture's owner in written form.</summary>
    public required string Owner { get; set; }

    /// <summary>The tag in URLs.</summary>
    public required string Slug { get; set; }

    /// <summary>The picture.</summary>
    public Guid ImageId { get; set; }

    /// <summary>The tag as it is shown.</summary>
    public required string Name { get; set; }
}

/// <summary>The index of tags.</summary>
public sealed class ImageTagTable : IEntityTypeConfiguration<ImageTagRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ImageTagRow> builder)
    {
        builder.ToTable("image_tags");
        builder.HasKey(row => new { row.Owner, row.Slug, row.ImageId });
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Slug).HasMaxLength(ImageTag.MaxLength);
        builder.Property(row => row.Name).HasMaxLength(ImageTag.MaxLength);
        builder.HasOne<ImageRow>().WithMany().HasForeignKey(row => row.ImageId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.ImageId).HasDatabaseName("ix_image_tags_image");
    }
}
