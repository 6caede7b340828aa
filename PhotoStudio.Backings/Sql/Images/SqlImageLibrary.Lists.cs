using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Backings.Sql.Images;

/// <content>Lists and sums.</content>
public sealed partial class SqlImageLibrary
{
    // Sorts behind every word with the same beginning: words hold letters and digits, and this is neither.
    private const char BehindWords = '\uffff';

    /// <inheritdoc/>
    public Task<Page<StudioImage>> ListAsync(ImageFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = Narrow(db, Shelf(db, filter), filter);
                var ordered = filter.Shelf is ImageShelf.DeletedGallery or ImageShelf.DeletedUploads
                    ? rows.OrderByDescending(row => row.DeletedAt).ThenByDescending(row => row.Id)
                    : rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id);
                return (await ordered.ToPageAsync(page, token)).Select(RowMapping.ToImage);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TagCount>> TagsAsync(Owner owner, int limit, CancellationToken cancellationToken)
    {
        var name = owner.Text;
        return database.ReadAsync<IReadOnlyList<TagCount>>(
            async (db, token) => await db.ImageTags
                .Where(row => row.Owner == name && db.Images.Any(image => image.Id == row.ImageId && image.DeletedAt == null))
                .GroupBy(row => row.Slug)
                .Select(group => new { Slug = group.Key, Name = group.Max(row => row.Name), Count = group.LongCount() })
                .OrderByDescending(tag => tag.Count).ThenBy(tag => tag.Slug)
                .Take(limit)
                .Select(tag => new TagCount(tag.Name!, tag.Slug, tag.Count))
                .ToListAsync(token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<LibraryStatistics> StatisticsAsync(Owner owner, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) =>
            {
                var groups = await Of(db, owner)
                    .GroupBy(row => new { row.Kind, row.Operation, row.ContentType, Deleted = row.DeletedAt != null })
                    .Select(group => new
                    {
                        group.Key,
                        Count = group.LongCount(),
                        Bytes = group.Sum(row => row.Bytes),
                        Downloads = group.Sum(row => row.Downloads),
                        Favorites = group.Sum(row => row.IsFavorite ? 1L : 0L),
                        Public = group.Sum(row => row.IsPublic && row.IsContentSafe ? 1L : 0L),
                    })
                    .ToListAsync(token);
                var here = groups.Where(group => !group.Key.Deleted).ToList();
                return new LibraryStatistics
                {
                    Uploads = here.Where(group => group.Key.Kind == ImageKind.Upload).Sum(group => group.Count),
                    Results = here.Where(group => group.Key.Kind == ImageKind.Result).Sum(group => group.Count),
                    Deleted = groups.Where(group => group.Key.Deleted).Sum(group => group.Count),
                    Favorites = here.Sum(group => group.Favorites),
                    Public = here.Sum(group => group.Public),
                    Bytes = groups.Sum(group => group.Bytes),
                    Downloads = here.Sum(group => group.Downloads),
                    ByOperation = here.Where(group => group.Key.Operation is not null)
                        .GroupBy(group => group.Key.Operation!, StringComparer.Ordinal)
                        .OrderBy(group => group.Key, StringComparer.Ordinal)
                        .ToDictionary(group => group.Key, group => group.Sum(part => part.Count), StringComparer.Ordinal),
                    ByContentType = here.GroupBy(group => group.Key.ContentType, StringComparer.Ordinal)
                        .OrderBy(group => group.Key, StringComparer.Ordinal)
                        .ToDictionary(group => group.Key, group => group.Sum(part => part.Count), StringComparer.Ordinal),
                };
            },
            cancellationToken);

    private static IQueryable<ImageRow> Shelf(StudioDbContext db, ImageFilter filter)
    {
        var rows = db.Images.AsNoTracking();
        if (filter.Owner is { } owner)
        {
            var name = owner.Text;
            rows = rows.Where(row => row.Owner == name);
        }
        else if (filter.Shelf is not (ImageShelf.Public or ImageShelf.Flagged))
        {
            throw new ArgumentException("This shelf is an owner's.", nameof(filter));
        }

        return filter.Shelf switch
        {
            ImageShelf.Uploads => rows.Where(row => row.DeletedAt == null && row.Kind == ImageKind.Upload),
            ImageShelf.Results => rows.Where(row => row.DeletedAt == null && row.Kind == ImageKind.Result),
            ImageShelf.Gallery => rows.Where(row => row.DeletedAt == null && row.InGallery),
            ImageShelf.DeletedUploads => rows.Where(row => row.DeletedAt != null && row.Kind == ImageKind.Upload),
            ImageShelf.DeletedGallery => rows.Where(row => row.DeletedAt != null && row.InGallery),
            ImageShelf.Public => rows.Where(row => row.DeletedAt == null && row.IsPublic && row.IsContentSafe),
            ImageShelf.Flagged => rows.Where(row => row.DeletedAt == null && row.NeedsReview),
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.Shelf, null),
        };
    }

    private static IQueryable<ImageRow> Narrow(StudioDbContext db, IQueryable<ImageRow> rows, ImageFilter filter)
    {
        if (filter.Favorite is { } favorite) rows = favorite ? rows.Where(row => row.IsFavorite) : rows.Where(row => !row.IsFavorite);
        if (filter.Operation is { } operation) rows = rows.Where(row => row.Operation == operation);
        if (filter.Style is { } style) rows = rows.Where(row => row.Style == style);
        if (filter.From is { } from) rows = rows.Where(row => row.CreatedAt >= from);
        if (filter.Before is { } before) rows = rows.Where(row => row.CreatedAt < before);
        var owner = filter.Owner?.Text;
        if (filter.Tag is { } slug)
        {
            var tagged = db.ImageTags.Where(tag => tag.Slug == slug);
            if (owner is not null) tagged = tagged.Where(tag => tag.Owner == owner);
            rows = rows.Where(row => tagged.Select(tag => tag.ImageId).Contains(row.Id));
        }

        foreach (var word in filter.Words)
        {
            var behind = word + BehindWords;
            var named = db.ImageTerms.Where(term => string.Compare(term.Term, word) >= 0 && string.Compare(term.Term, behind) < 0);
            if (owner is not null) named = named.Where(term => term.Owner == owner);
            rows = rows.Where(row => named.Select(term => term.ImageId).Contains(row.Id));
        }

        return rows;
    }
}
