using PhotoStudio.Api.Lists;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>Reads the filters that lists of pictures share.</summary>
internal static class ImageQueries
{
    private const int MaxSearchLength = 200;

    /// <summary>The filter with the tag and the words of the query.</summary>
    public static ImageFilter Narrow(this ListQuery query, ImageFilter filter)
    {
        var text = query.Text("q", MaxSearchLength) ?? query.Text("search", MaxSearchLength);
        return filter with
        {
            Tag = query.Text("tag", ImageTag.MaxLength) is { } tag ? ImageTag.SlugOf(tag) : null,
            Words = text is null ? [] : Words(text),
        };
    }

    // A search for signs alone finds nothing, rather than everything.
    private static IReadOnlyList<string> Words(string text) => SearchTerms.OfSearch(text) is { Count: > 0 } words ? words : ["\uffff"];
}
