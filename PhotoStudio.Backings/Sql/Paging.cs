using Microsoft.EntityFrameworkCore;
using PhotoStudio.Core;

namespace PhotoStudio.Backings.Sql;

/// <summary>Pages of ordered queries.</summary>
internal static class Paging
{
    /// <summary>The wanted page of a query whose order is total; a page behind the last one is empty.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The page's number or size is out of range.</exception>
    public static async Task<Page<TRow>> ToPageAsync<TRow>(
        this IQueryable<TRow> ordered,
        PageRequest page,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page.Number, 1, nameof(page));
        ArgumentOutOfRangeException.ThrowIfLessThan(page.Size, 1, nameof(page));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(page.Size, PageRequest.MaxSize, nameof(page));
        var total = await ordered.LongCountAsync(cancellationToken);
        if ((page.Number - 1L) * page.Size >= total) return new Page<TRow>([], page.Number, page.Size, total);

        var items = await ordered.Skip(page.Skip).Take(page.Size).ToListAsync(cancellationToken);
        return new Page<TRow>(items, page.Number, page.Size, total);
    }
}
