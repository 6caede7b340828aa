using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A style as it is stored.</summary>
public sealed class StyleRow
{
    /// <summary>The style.</summary>
    public Guid Id { get; set; }

    /// <summary>Its name in URLs.</summary>
    public required string Slug { get; set; }

    /// <summary>What people call it.</summary>
    public required string Name { get; set; }

    /// <summary>What it looks like.</summary>
    public required string Description { get; set; }

    /// <summary>The slug of its category.</summary>
    public required string Category { get; set; }

    /// <summary>How a prompt is put into words for it.</summary>
    public required string PromptTemplate { get; set; }

    /// <summary>The quality where a job asks for none.</summary>
    public ResultQuality DefaultQuality { get; set; }

    /// <summary>The background where a job asks for none.</summary>
    public ResultBackground DefaultBackground { get; set; }

    /// <summary>The format where a job asks for none.</summary>
    public OutputFormat DefaultOutputFormat { get; set; }

    /// <summary>Whether it goes with a transparent background.</summary>
    public bool SupportsTransparency { get; set; }

    /// <summary>Whether it takes a premium account.</summary>
    public bool IsPremium { get; set; }

    /// <summary>JSON object of style-transfer's parameters.</summary>
    public required string Engine { get; set; }

    /// <summary>Its place in lists.</summary>
    public int Position { get; set; }

    /// <summary>What is searched: words without marks, in lower case.</summary>
    public required string SearchText { get; set; }

    /// <summary>The version of the catalogue's file that it was last taken from; 0 for a style of this studio's own making.</summary>
    public int SeedVersion { get; set; }

    /// <summary>Whether somebody changed it here, so that the catalogue's file leaves it alone.</summary>
    public bool IsEdited { get; set; }

    /// <summary>When it was retired.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>When it came in.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; }
}

/// <summary>A category of styles as it is stored.</summary>
public sealed class StyleCategoryRow
{
    /// <summary>The category's name in URLs.</summary>
    public required string Slug { get; set; }

    /// <summary>The category.</summary>
    public Guid Id { get; set; }

    /// <summary>What people call it.</summary>
    public required string Name { get; set; }

    /// <summary>The name of an icon.</summary>
    public required string Icon { get; set; }

    /// <summary>#rrggbb.</summary>
    public required string Color { get; set; }

    /// <summary>Its place in lists.</summary>
    public int Position { get; set; }
}

/// <summary>What an owner thinks of a style, as it is stored.</summary>
public sealed class StyleOpinionRow
{
    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>The style.</summary>
    public Guid StyleId { get; set; }

    /// <summary>Whether it is a favourite.</summary>
    public bool IsFavorite { get; set; }

    /// <summary>How often the owner's jobs took it.</summary>
    public long Uses { get; set; }

    /// <summary>When the latest of them was submitted.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>1–5.</summary>
    public int? Rating { get; set; }

    /// <summary>Why.</summary>
    public string? Comment { get; set; }

    /// <summary>When the owner first had something to do with it.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; }
}

/// <summary>The tables of styles.</summary>
internal sealed class StyleTable : IEntityTypeConfiguration<StyleRow>, IEntityTypeConfiguration<StyleCategoryRow>, IEntityTypeConfiguration<StyleOpinionRow>
{
    private const int NameLength = 16;

    /// <summary>Adds them to the model.</summary>
    public static void AddTo(ModelBuilder modelBuilder)
    {
        var tables = new StyleTable();
        modelBuilder.ApplyConfiguration<StyleCategoryRow>(tables).ApplyConfiguration<StyleRow>(tables).ApplyConfiguration<StyleOpinionRow>(tables);
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StyleRow> builder)
    {
        builder.ToTable("styles");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Slug).HasMaxLength(Style.MaxNameLength);
        builder.Property(row => row.Name).HasMaxLength(Style.MaxNameLength);
        builder.Property(row => row.Description).HasMaxLength(Style.MaxDescriptionLength);
        builder.Property(row => row.Category).HasMaxLength(Style.MaxNameLength);
        builder.Property(row => row.PromptTemplate).HasMaxLength(PromptTemplate.MaxLength);
        builder.Property(row => row.DefaultQuality).HasConversion<string>().HasMaxLength(NameLength);
        builder.Property(row => row.DefaultBackground).HasConversion<string>().HasMaxLength(NameLength);
        builder.Property(row => row.DefaultOutputFormat).HasConversion<string>().HasMaxLength(NameLength);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasOne<StyleCategoryRow>().WithMany().HasForeignKey(row => row.Category).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => row.Slug).IsUnique().HasDatabaseName("ux_styles_slug");
        builder.HasIndex(row => new { row.Position, row.Name, row.Id }).HasDatabaseName("ix_styles_place");
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StyleCategoryRow> builder)
    {
        builder.ToTable("style_categories");
        builder.HasKey(row => row.Slug);
        builder.Property(row => row.Slug).HasMaxLength(Style.MaxNameLength);
        builder.Property(row => row.Name).HasMaxLength(Style.MaxNameLength);
        builder.Property(row => row.Icon).HasMaxLength(Style.MaxNameLength);
        builder.Property(row => row.Color).HasMaxLength(NameLength);
        builder.HasIndex(row => row.Id).IsUnique().HasDatabaseName("ux_style_categories_id");
    }

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StyleOpinionRow> builder)
    {
        builder.ToTable("style_opinions");
        builder.HasKey(row => new { row.Owner, row.StyleId });
        builder.Property(row => row.Owner).HasMaxLength(Core.Accounts.Owner.MaxLength);
        builder.Property(row => row.Comment).HasMaxLength(StyleOpinion.MaxCommentLength);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasOne<StyleRow>().WithMany().HasForeignKey(row => row.StyleId).OnDelete(DeleteBehavior.Cascade);

        // The sums of a style are read from this index alone.
        builder.HasIndex(row => new { row.StyleId, row.Uses, row.IsFavorite, row.Rating }).HasDatabaseName("ix_style_opinions_style");
    }
}
