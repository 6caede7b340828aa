using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>An upload that comes in several requests, as it is stored.</summary>
public sealed class UploadSessionRow
{
    /// <summary>The upload.</summary>
    public Guid Id { get; set; }

    /// <summary>The owner's written form.</summary>
    public required string Owner { get; set; }

    /// <summary>Bytes in all.</summary>
    public long Length { get; set; }

    /// <summary>Bytes that are stored.</summary>
    public long Received { get; set; }

    /// <summary>JSON array of the keys of the parts, in order.</summary>
    public required string Parts { get; set; }

    /// <summary>JSON object of what the client said about the picture.</summary>
    public required string Details { get; set; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it is given up unless a part comes.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The picture it became.</summary>
    public Guid? ImageId { get; set; }

    /// <summary>Counts the changes.</summary>
    public long Version { get; set; }
}

/// <summary>The table of uploads in several requests.</summary>
public sealed class UploadSessionTable : IEntityTypeConfiguration<UploadSessionRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<UploadSessionRow> builder)
    {
        builder.ToTable("upload_sessions");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Owner).HasMaxLength(Owner.MaxLength);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => new { row.Owner, row.CreatedAt, row.Id }).HasDatabaseName("ix_upload_sessions_owner");
        builder.HasIndex(row => row.ExpiresAt).HasDatabaseName("ix_upload_sessions_age");
    }
}
