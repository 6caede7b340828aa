using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>
/// A word by which a picture is found. An ordered table of words serves searches for beginnings of words on every database alike, with
/// letters folded the same way; what databases bring themselves (FTS5, tsvector) splits and folds words each in its own way.
/// </summary>
public sealed class ImageTermRow
{
    /// <summary>The picture's owner in written form.</summary>
    public required string Owner { get; set; }

    /// <summary>The word, in lower case and without marks.</summary>
    public required string Term { get; set; }

    /// <summary>The picture.</summary>
    public Guid ImageId { get; set; }
}

/// <summary>The index of words.</summary>
public sealed class ImageTermTable : IEntityTypeConfiguration<ImageTermRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<ImageTermRow> builder)
    {
        builder.ToTable("image_terms");
        builder.HasKey(row => new { row.Owner, row.Term, row.ImageId });
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Term).HasMaxLength(SearchTerms.MaxLength);
        builder.HasOne<ImageRow>().WithMany().HasForeignKey(row => row.ImageId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.ImageId).HasDatabaseName("ix_image_terms_image");
    }
}
