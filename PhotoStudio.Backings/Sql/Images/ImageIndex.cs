using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Backings.Sql.Images;

/// <summary>Keeps the tables of tags and words in step with the pictures they were taken from, in the same transaction.</summary>
internal static class ImageIndex
{
    /// <summary>Puts pictures with their tags and words into the context.</summary>
    public static void AddIndexed(this StudioDbContext db, IEnumerable<StudioImage> images)
    {
        foreach (var image in images)
        {
            db.Images.Add(image.ToRow());
            if (image.Kind != ImageKind.Intermediate) db.Index(image);
        }
    }

    /// <summary>Puts the tags and words of a picture that has none yet into the context.</summary>
    public static void Index(this StudioDbContext db, StudioImage image)
    {
        AddTags(db, image);
        AddTerms(db, image, SearchTerms.Of(image));
    }

    /// <summary>Brings the tags and words of a picture that is stored to what it has become.</summary>
    public static async Task ReindexAsync(this StudioDbContext db, StudioImage before, StudioImage after, CancellationToken cancellationToken)
    {
        if (!before.Tags.SequenceEqual(after.Tags))
        {
            await db.ImageTags.Where(row => row.ImageId == after.Id).ExecuteDeleteAsync(cancellationToken);
            AddTags(db, after);
        }

        var terms = SearchTerms.Of(after);
        if (terms.SequenceEqual(SearchTerms.Of(before), StringComparer.Ordinal)) return;
        await db.ImageTerms.Where(row => row.ImageId == after.Id).ExecuteDeleteAsync(cancellationToken);
        AddTerms(db, after, terms);
    }

    private static void AddTags(StudioDbContext db, StudioImage image) => db.ImageTags.AddRange(image.Tags.Select(tag => new ImageTagRow
    {
        Owner = image.Owner.Text,
        Slug = tag.Slug,
        ImageId = image.Id,
        Name = tag.Name,
    }));

    private static void AddTerms(StudioDbContext db, StudioImage image, IEnumerable<string> terms) =>
        db.ImageTerms.AddRange(terms.Select(term => new ImageTermRow { Owner = image.Owner.Text, Term = term, ImageId = image.Id }));
}
