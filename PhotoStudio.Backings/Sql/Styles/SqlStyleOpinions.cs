using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Backings.Sql.Styles;

/// <summary>Keeps what people think of styles in a relational database, a row for each owner and style.</summary>
public sealed class SqlStyleOpinions(StudioDatabase database) : IStyleOpinions
{
    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, StyleOpinion>> OfAsync(Owner owner, IReadOnlyCollection<Guid> styles, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.ReadAsync<IReadOnlyDictionary<Guid, StyleOpinion>>(
            async (db, token) => (await db.Set<StyleOpinionRow>().AsNoTracking().Where(row => row.Owner == name && styles.Contains(row.StyleId)).ToListAsync(token))
                .ToDictionary(row => row.StyleId, row => row.ToOpinion()),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Page<StyleOpinion>> ListAsync(Owner owner, PageRequest page, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.ReadAsync(
            async (db, token) =>
            {
                var found = await db.Set<StyleOpinionRow>().AsNoTracking().Where(row => row.Owner == name)
                    .OrderByDescending(row => row.IsFavorite).ThenByDescending(row => row.Uses).ThenByDescending(row => row.CreatedAt).ThenBy(row => row.StyleId)
                    .ToPageAsync(page, token);
                return found.Select(RowMapping.ToOpinion);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StyleOpinion> ChangeAsync(Owner owner, Guid style, Func<StyleOpinion, StyleOpinion> edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return WriteAsync(owner, style, (opinion, _) => edit(opinion), cancellationToken);
    }

    /// <inheritdoc/>
    public Task CountUseAsync(Owner owner, Guid style, CancellationToken cancellationToken) =>
        WriteAsync(owner, style, (opinion, now) => opinion with { Uses = opinion.Uses + 1, LastUsedAt = now }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, StyleFigures>> FiguresAsync(IReadOnlyCollection<Guid> styles, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(styles);
        return database.ReadAsync<IReadOnlyDictionary<Guid, StyleFigures>>(
            async (db, token) =>
            {
                var sums = await db.Set<StyleOpinionRow>().Where(row => styles.Contains(row.StyleId)).GroupBy(row => row.StyleId)
                    .Select(group => new
                    {
                        group.Key,
                        Uses = group.Sum(row => row.Uses),
                        Favorites = group.Sum(row => row.IsFavorite ? 1L : 0L),
                        Ratings = group.Sum(row => row.Rating != null ? 1L : 0L),
                        Stars = group.Sum(row => (long?)row.Rating) ?? 0L,
                    })
                    .ToDictionaryAsync(group => group.Key, token);
                return styles.Distinct().ToDictionary(
                    id => id,
                    id => sums.TryGetValue(id, out var sum)
                        ? new StyleFigures(sum.Uses, sum.Favorites, sum.Ratings, sum.Ratings == 0 ? null : (double)sum.Stars / sum.Ratings)
                        : StyleFigures.None);
            },
            cancellationToken);
    }

    private Task<StyleOpinion> WriteAsync(
        Owner owner, Guid style, Func<StyleOpinion, DateTimeOffset, StyleOpinion> edit, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.WriteAsync(
            async (db, now, token) =>
            {
                var row = await db.Set<StyleOpinionRow>().SingleOrDefaultAsync(row => row.Owner == name && row.StyleId == style, token);
                if (row is null)
                {
                    row = new StyleOpinionRow { Owner = name, StyleId = style, CreatedAt = now };
                    db.Add(row);
                }

                row.Apply(edit(row.ToOpinion(), now));
                await db.SaveChangesAsync(token);
                return row.ToOpinion();
            },
            cancellationToken);
    }
}
