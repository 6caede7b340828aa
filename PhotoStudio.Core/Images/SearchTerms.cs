using PhotoStudio.Core.Vocabulary;

namespace PhotoStudio.Core.Images;

/// <summary>
/// The words by which pictures are found: in lower case and without marks, so that "Hoàng hôn" and "hoang hon" meet. A search finds the
/// pictures that have, for each of its words, a word that begins with it.
/// </summary>
public static class SearchTerms
{
    /// <summary>The longest word that is kept, in characters; longer ones are cut.</summary>
    public const int MaxLength = 32;

    /// <summary>The most words of one picture.</summary>
    public const int MaxPerImage = 100;

    /// <summary>The most words of a search; what comes after them is not looked at.</summary>
    public const int MaxPerSearch = 8;

    /// <summary>The words of a picture, each once, in ordinal order.</summary>
    public static IReadOnlyList<string> Of(StudioImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        IEnumerable<string?> texts =
        [
            image.Title, .. image.Tags.Select(tag => tag.Name), image.Prompt, image.FileName, image.Style, image.Operation,
            image.Description, image.RefinedPrompt,
        ];
        return [.. texts.OfType<string>().SelectMany(Words).Distinct(StringComparer.Ordinal).Take(MaxPerImage).Order(StringComparer.Ordinal)];
    }

    /// <summary>The words of a search; one that another begins with is left out, since it asks for nothing more.</summary>
    public static IReadOnlyList<string> OfSearch(string text)
    {
        var words = Words(text).Distinct(StringComparer.Ordinal).Take(MaxPerSearch).ToList();
        return [.. words.Where(word => !words.Exists(other => other != word && other.StartsWith(word, StringComparison.Ordinal)))];
    }

    private static IEnumerable<string> Words(string text) => WordFolding.Words(text)
        .Where(word => word.Length > 0)
        .Select(WordFolding.WithoutMarks)
        .Select(word => word.Length <= MaxLength ? word : word[..MaxLength]);
}
