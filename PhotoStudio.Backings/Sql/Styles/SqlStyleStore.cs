using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Backings.Sql.Styles;

/// <summary>Keeps styles in a relational database. Changes take turns: there are few, and they look at each other's slugs.</summary>
public sealed class SqlStyleStore(StudioDatabase database) : IStyleStore
{
    private static readonly WriteMode Turn = WriteMode.InTurn("styles");

    /// <inheritdoc/>
    public Task<int> SeedAsync(StyleCatalogue catalogue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        return database.WriteAsync(
            Turn,
            async (db, now, token) =>
            {
                await SeedCategoriesAsync(db, catalogue, token);
                var known = await db.Set<StyleRow>().ToListAsync(token);
                var changed = 0;
                foreach (var (style, version) in catalogue.Styles)
                {
                    var row = known.Find(row => row.Id == style.Id) ?? known.Find(row => row.Slug == style.Slug);
                    if (row is null)
                    {
                        row = style.ToRow(now);
                        db.Add(row);
                    }
                    else if (row.SeedVersion == 0 || row.IsEdited || row.SeedVersion >= version)
                    {
                        continue;
                    }
                    else
                    {
                        row.Apply(style with { RetiredAt = row.RetiredAt }, now);
                    }

                    row.SeedVersion = version;
                    changed++;
                }

                await db.SaveChangesAsync(token);
                return changed;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<(StyleCategory Category, int Styles)>> CategoriesAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<(StyleCategory, int)>>(
            async (db, token) =>
            {
                var counts = await db.Set<StyleRow>().Where(row => row.RetiredAt == null).GroupBy(row => row.Category)
                    .Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, token);
                var rows = await db.Set<StyleCategoryRow>().AsNoTracking().OrderBy(row => row.Position).ThenBy(row => row.Slug).ToListAsync(token);
                return [.. rows.Select(row => (ToCategory(row), counts.GetValueOrDefault(row.Slug)))];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Page<Style>> ListAsync(StyleFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.Set<StyleRow>().AsNoTracking();
                if (filter.Category is { } category) rows = rows.Where(row => row.Category == category);
                if (filter.Premium is { } premium) rows = rows.Where(row => row.IsPremium == premium);
                if (filter.Retired is { } retired) rows = rows.Where(row => row.RetiredAt != null == retired);
                foreach (var word in RowMapping.SearchWords(filter.Search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxSearchWords))
                    rows = rows.Where(row => row.SearchText.Contains(word));
                var found = await rows.OrderBy(row => row.Position).ThenBy(row => row.Name).ThenBy(row => row.Id).ToPageAsync(page, token);
                return found.Select(RowMapping.ToStyle);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Style>> AllAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Style>>(
            async (db, token) => [.. (await db.Set<StyleRow>().AsNoTracking().OrderBy(row => row.Position).ThenBy(row => row.Name).ToListAsync(token)).Select(RowMapping.ToStyle)],
            cancellationToken);

    /// <inheritdoc/>
    public Task<Style?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) => (await db.Set<StyleRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, token))?.ToStyle(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<StyleChange> AddAsync(Style style, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(style);
        return database.WriteAsync(
            Turn,
            async (db, now, token) =>
            {
                if (await RefuseAsync(db, style, token) is { } refused) return refused;
                var row = style.ToRow(now);
                db.Add(row);
                await db.SaveChangesAsync(token);
                return new StyleChange.Done(row.ToStyle());
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StyleChange> ChangeAsync(
        Guid id, long? version, Func<Style, DateTimeOffset, Style> edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return database.WriteAsync(
            Turn,
            async (db, now, token) =>
            {
                if (await db.Set<StyleRow>().SingleOrDefaultAsync(row => row.Id == id, token) is not { } row) return new StyleChange.Missing();
                if (version is { } wanted && wanted != row.Version) return new StyleChange.Stale(row.Version);

                var style = edit(row.ToStyle(), now) with { Id = id };
                if (await RefuseAsync(db, style, token) is { } refused) return refused;
                row.Apply(style, now);
                row.IsEdited = true;
                await db.SaveChangesAsync(token);
                return new StyleChange.Done(row.ToStyle());
            },
            cancellationToken);
    }

    private const int MaxSearchWords = 8;

    private static async Task<StyleChange?> RefuseAsync(StudioDbContext db, Style style, CancellationToken cancellationToken)
    {
        if (!await db.Set<StyleCategoryRow>().AnyAsync(row => row.Slug == style.Category, cancellationToken)) return new StyleChange.UnknownCategory();
        return await db.Set<StyleRow>().AnyAsync(row => row.Slug == style.Slug && row.Id != style.Id, cancellationToken) ? new StyleChange.SlugTaken() : null;
    }

    private static async Task SeedCategoriesAsync(StudioDbContext db, StyleCatalogue catalogue, CancellationToken cancellationToken)
    {
        var known = await db.Set<StyleCategoryRow>().ToDictionaryAsync(row => row.Slug, StringComparer.Ordinal, cancellationToken);
        foreach (var category in catalogue.Categories)
        {
            if (!known.TryGetValue(category.Slug, out var row))
            {
                row = new StyleCategoryRow { Slug = category.Slug, Id = category.Id, Name = "", Icon = "", Color = "" };
                db.Add(row);
            }

            (row.Name, row.Icon, row.Color, row.Position) = (category.Name, category.Icon, category.Color, category.Position);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static StyleCategory ToCategory(StyleCategoryRow row) => new(row.Id, row.Slug, row.Name, row.Icon, row.Color, row.Position);
}
