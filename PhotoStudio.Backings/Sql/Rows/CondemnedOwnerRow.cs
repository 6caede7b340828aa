using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Sql.Rows;

/// <summary>An owner whose account is deleted and whose things are to be erased.</summary>
public sealed class CondemnedOwnerRow
{
    /// <summary>The owner's written form.</summary>
    public required string Name { get; set; }

    /// <summary>When the account was deleted.</summary>
    public DateTimeOffset DeletedAt { get; set; }
}

/// <summary>The table of owners to erase.</summary>
public sealed class CondemnedOwnerTable : IEntityTypeConfiguration<CondemnedOwnerRow>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<CondemnedOwnerRow> builder)
    {
        builder.ToTable("condemned_owners");
        builder.HasKey(row => row.Name);
        builder.Property(row => row.Name).HasMaxLength(Owner.MaxLength);
    }
}
