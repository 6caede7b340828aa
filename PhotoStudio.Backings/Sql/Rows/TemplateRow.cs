using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Templates;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A template as it is stored.</summary>
public sealed class TemplateRow
{
    /// <summary>The template.</summary>
    public Guid Id { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>What it is called.</summary>
    public required string Name { get; set; }

    /// <summary>What it is for.</summary>
    public required string Description { get; set; }

    /// <summary>The operation's wire name.</summary>
    public required string Operation { get; set; }

    /// <summary>JSON object.</summary>
    public required string Parameters { get; set; }

    /// <summary>How often it was used.</summary>
    public long Uses { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; }
}

/// <summary>The table of templates.</summary>
public sealed class TemplateTable : IEntityTypeConfiguration<TemplateRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<TemplateRow> builder)
    {
        builder.ToTable("job_templates");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Owner).HasMaxLength(Core.Accounts.Owner.MaxLength);
        builder.Property(row => row.Name).HasMaxLength(JobTemplate.MaxNameLength);
        builder.Property(row => row.Description).HasMaxLength(JobTemplate.MaxDescriptionLength);
        builder.Property(row => row.Operation).HasMaxLength(64);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => new { row.Owner, row.CreatedAt, row.Id }).HasDatabaseName("ix_job_templates_owner");
    }
}
