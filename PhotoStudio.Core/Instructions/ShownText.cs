using System.Globalization;
using System.Text;

namespace PhotoStudio.Core.Instructions;

/// <summary>What a language model may say to a person: plain sentences without links, markup or invisible characters.</summary>
internal static class ShownText
{
    /// <summary>The longest, in characters.</summary>
    public const int Longest = 600;

    /// <summary>Checks a text; answers null where it may be shown, otherwise what is wrong with it.</summary>
    public static string? Fault(string text, int longest = Longest)
    {
        if (string.IsNullOrWhiteSpace(text)) return "must not be empty; use null.";
        if (text.Length > longest) return $"must have at most {longest} characters.";
        if (text.Contains("://", StringComparison.Ordinal) || text.Contains("](", StringComparison.Ordinal) || text.Contains("www.", StringComparison.OrdinalIgnoreCase))
            return "must not have links.";
        for (var i = 0; i < text.Length - 1; i++)
            if (text[i] == '<' && (char.IsAsciiLetter(text[i + 1]) || text[i + 1] is '/' or '!')) return "must not have markup.";
        return text.EnumerateRunes().Any(IsHidden) ? "must not have control or invisible characters." : null;
    }

    private static bool IsHidden(Rune rune) => rune == Rune.ReplacementChar || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned && rune.Value is not ('\n' or 0x200D));
}
