using System.Globalization;
using System.Text;
using PhotoStudio.Core.Text;

namespace PhotoStudio.Api.Bodies;

/// <summary>What a text that people read may not have in it: what cannot be seen, and what turns the direction of the text around it.</summary>
internal static class TextRules
{
    private const int ZeroWidthJoiner = 0x200D, ZeroWidthNonJoiner = 0x200C;

    /// <summary>What is wrong with the text; null when nothing is.</summary>
    public static string? Fault(string text, bool manyLines)
    {
        if (!Nfkc.IsWellFormed(text)) return "has characters that cannot be stored.";
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category == UnicodeCategory.Control && !(manyLines && rune.Value is '\n' or '\r' or '\t'))
                return manyLines ? "must not have control characters." : "must be one line without control characters.";
            if (category is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator && !manyLines) return "must be one line without control characters.";

            // The joiners are part of how emoji and some scripts are written.
            if (category == UnicodeCategory.Format && rune.Value is not (ZeroWidthJoiner or ZeroWidthNonJoiner))
                return "must not have invisible or direction-changing characters.";
        }

        return null;
    }
}
