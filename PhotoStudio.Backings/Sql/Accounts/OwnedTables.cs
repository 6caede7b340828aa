using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using PhotoStudio.Backings.Sql.Rows;

namespace PhotoStudio.Backings.Sql.Accounts;

/// <summary>
/// A table whose rows have an owner. There is no list of them to forget one in: a table is one of them when its row has a property
/// <c>Owner</c>; <c>BlobKey</c> names bytes that go with the row, and <c>CreatedAt</c> or <c>WrittenAt</c> says how old it is.
/// </summary>
/// <param name="Type">The row.</param>
/// <param name="Name">The table.</param>
internal sealed record OwnedTable(IEntityType Type, string Name)
{
    /// <summary>The column that says how old a row is; null when none does.</summary>
    public string? Time => (Type.FindProperty("CreatedAt") ?? Type.FindProperty("WrittenAt"))?.GetColumnName();

    /// <summary>The column that names a row's bytes; null when it has none.</summary>
    public string? BlobKey => Type.FindProperty("BlobKey")?.GetColumnName();

    /// <summary>Every unique key that the owner is part of, as the columns beside the owner.</summary>
    public IEnumerable<string[]> KeysWithinOwner =>
        Type.GetKeys().Select(key => key.Properties)
            .Concat(Type.GetIndexes().Where(index => index.IsUnique).Select(index => index.Properties))
            .Where(key => key.Any(IsOwner))
            .Select(key => key.Where(property => !IsOwner(property)).Select(property => property.GetColumnName()).ToArray());

    /// <summary>Whether a property says whose the row is.</summary>
    public static bool IsOwner(IReadOnlyProperty property) => property.Name == nameof(JobRow.Owner) && property.ClrType == typeof(string);
}

/// <summary>Every table whose rows have an owner.</summary>
internal static class OwnedTables
{
    private static readonly ConditionalWeakTable<IModel, IReadOnlyList<OwnedTable>> Known = [];

    /// <summary>The tables, each before those it refers to, so that rows can be deleted in this order.</summary>
    public static IReadOnlyList<OwnedTable> Of(StudioDbContext db) => Known.GetValue(db.Model, Find);

    /// <summary>The owners of whom there is anything and whose written form begins with a prefix without wildcards.</summary>
    public static async Task<IReadOnlyCollection<string>> OwnersAsync(StudioDbContext db, string prefix, CancellationToken cancellationToken)
    {
        var owners = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in Of(db))
        {
            var sql = $"SELECT DISTINCT owner AS \"Value\" FROM {table.Name} WHERE owner LIKE {{0}}";
            owners.UnionWith(await db.Database.SqlQueryRaw<string>(sql, prefix + "%").ToListAsync(cancellationToken));
        }

        return owners;
    }

    private static IReadOnlyList<OwnedTable> Find(IModel model)
    {
        var found = model.GetEntityTypes().Where(type => type.GetProperties().Any(OwnedTable.IsOwner)).ToHashSet();
        var ordered = new List<OwnedTable>();
        while (found.Count > 0)
        {
            var free = found.Where(type => !type.GetReferencingForeignKeys().Any(key => key.DeclaringEntityType != type && found.Contains(key.DeclaringEntityType)))
                .OrderBy(type => type.GetTableName(), StringComparer.Ordinal).ToList();
            if (free.Count == 0) throw new InvalidOperationException("Tables with an owner refer to each other in a circle.");
            ordered.AddRange(free.Select(type => new OwnedTable(type, type.GetTableName()!)));
            found.ExceptWith(free);
        }

        return ordered;
    }
}
