using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>A JSON document as it is stored.</summary>
public sealed class DocumentRow
{
    /// <summary>What kind of document it is.</summary>
    public required string Collection { get; set; }

    /// <summary>Identifies it within the collection.</summary>
    public required string Id { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>The version of the truth it shows; also guards the update.</summary>
    public long Version { get; set; }

    /// <summary>JSON object.</summary>
    public required string Json { get; set; }

    /// <summary>The document it belongs to.</summary>
    public string? Parent { get; set; }

    /// <summary>Its place in lists.</summary>
    public long SortKey { get; set; }

    /// <summary>When this version was written.</summary>
    public DateTimeOffset WrittenAt { get; set; }

    /// <summary>When it is forgotten.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}

/// <summary>The table of documents.</summary>
public sealed class DocumentTable : IEntityTypeConfiguration<DocumentRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<DocumentRow> builder)
    {
        builder.ToTable("documents");
        builder.HasKey(row => new { row.Collection, row.Id });
        builder.Property(row => row.Collection).HasMaxLength(64);
        builder.Property(row => row.Id).HasMaxLength(128);
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Parent).HasMaxLength(128);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => new { row.Collection, row.Owner, row.Parent, row.SortKey, row.Id }).HasDatabaseName("ix_documents_parent");
        builder.HasIndex(row => new { row.Collection, row.Owner, row.SortKey, row.Id }).HasDatabaseName("ix_documents_owner");
        builder.HasIndex(row => row.ExpiresAt).HasFilter("expires_at IS NOT NULL").HasDatabaseName("ix_documents_expiry");
    }
}
