using System.Globalization;
using System.Text;
using PhotoStudio.Core.Vocabulary;

namespace PhotoStudio.Core.Images;

/// <summary>A tag of a picture.</summary>
/// <param name="Name">As it is shown.</param>
/// <param name="Slug">As it stands in URLs; equal slugs are one tag.</param>
/// <param name="Confidence">How sure detection is, 0–1; null for a tag that the owner gave.</param>
public sealed record ImageTag(string Name, string Slug, double? Confidence = null)
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 50;

    /// <summary>The most tags of one picture that its owner may give.</summary>
    public const int MaxPerImage = 30;

    /// <summary>A tag of this name; null when nothing of the name is left in a slug.</summary>
    public static ImageTag? Named(string name, double? confidence = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var shown = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var slug = SlugOf(shown);
        return slug.Length == 0 ? null : new ImageTag(shown, slug, confidence);
    }

    /// <summary>
    /// Lower case, letters without their marks, everything that is neither letter nor digit a single hyphen: "Hoàng hôn!" is
    /// <c>hoang-hon</c>.
    /// </summary>
    public static string SlugOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var slug = new StringBuilder(name.Length);
        foreach (var c in WordFolding.WithoutMarks(name.ToLowerInvariant()))
        {
            if (char.IsLetterOrDigit(c)) slug.Append(c);
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        while (slug.Length > 0 && slug[^1] == '-') slug.Length--;
        return slug.ToString();
    }

    /// <summary>The owner's tags and the detected ones together: a slug that the owner gave hides a detected one.</summary>
    public static IReadOnlyList<ImageTag> Merge(IEnumerable<ImageTag> given, IEnumerable<ImageTag> detected) =>
        [.. given.Concat(detected.OrderByDescending(tag => tag.Confidence)).DistinctBy(tag => tag.Slug, StringComparer.Ordinal)];
}

/// <summary>A tag and on how many of an owner's pictures it is.</summary>
public sealed record TagCount(string Name, string Slug, long Count);
