using System.Globalization;
using System.Text;

namespace PhotoStudio.Core.Images;

/// <summary>Names of files as strangers send them.</summary>
public static class FileNames
{
    /// <summary>The longest name that is kept, in characters.</summary>
    public const int MaxLength = 120;

    // Not allowed in a file name on one system or another.
    private const string Reserved = "<>:\"|?*";

    /// <summary>
    /// The name without its folders, without characters that cannot be seen or that turn the direction of reading (so that
    /// <c>photo\u202Egnp.exe</c> cannot pass for a picture), and without those that file systems refuse.
    /// </summary>
    /// <returns>The name; null when nothing is left of it.</returns>
    public static string? Clean(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;

        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = Visible(last, keepLines: false);
        foreach (var c in Reserved) clean = clean.Replace(c, '_');
        clean = clean.Trim().TrimStart('.').TrimEnd('.', ' ').Trim();
        return clean.Length == 0 ? null : Shorten(clean);
    }

    /// <summary>The name without its extension, as a title; null when there is none.</summary>
    public static string? TitleOf(string? cleanName)
    {
        var title = cleanName is null ? null : Path.GetFileNameWithoutExtension(cleanName).Trim();
        return string.IsNullOrEmpty(title) ? null : title;
    }

    /// <summary>A text without control characters, halves of surrogate pairs, and characters that turn the direction of reading.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keepLines">Whether line breaks and tabs stay; they become spaces otherwise.</param>
    public static string Visible(string text, bool keepLines)
    {
        ArgumentNullException.ThrowIfNull(text);
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' or '\r')
            {
                if (keepLines) visible.Append((char)rune.Value);
                else visible.Append(' ');
            }
            else if (rune != Rune.ReplacementChar && (IsJoiner(rune) || !IsHidden(rune)))
            {
                visible.Append(rune.ToString());
            }
        }

        return visible.ToString();
    }

    // Families of emoji and some scripts need the joiners; alone they change nothing.
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static string Shorten(string name)
    {
        if (name.Length <= MaxLength) return name;
        var extension = Path.GetExtension(name);
        if (extension.Length > 10) extension = "";
        var length = MaxLength - extension.Length;
        if (char.IsHighSurrogate(name[length - 1])) length--;
        return name[..length] + extension;
    }
}
