using System.Globalization;
using System.Text;

namespace PhotoStudio.Core.Chat;

/// <summary>
/// Makes a text that a person typed safe to keep and to show: what cannot be seen goes, as do marks that turn the direction of the text
/// around them, so that it reads to everybody (and to a language model) as it looked to its writer.
/// </summary>
public static class ChatText
{
    private const int ZeroWidthNonJoiner = 0x200C, ZeroWidthJoiner = 0x200D, VariationSelector16 = 0xFE0F, KeycapMark = 0x20E3;

    /// <summary>
    /// The text with line breaks as <c>\n</c>, without control characters, direction marks, zero-width and tag characters, halves of
    /// surrogate pairs, and characters that only look like blanks. A joiner stays where it holds an emoji or letters of a script that
    /// needs it together. Blanks at both ends go.
    /// </summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = new StringBuilder(text.Length);
        var runes = text.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            if (rune.Value == '\r')
            {
                if (i + 1 == runes.Length || runes[i + 1].Value != '\n') clean.Append('\n');
            }
            else if (rune.Value is '\n' or '\t')
            {
                clean.Append((char)rune.Value);
            }
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                clean.Append('\n');
            }
            else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator)
            {
                clean.Append(' ');
            }
            else if (IsSeen(rune) || Holds(runes, i))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }

    // U+FFFD also stands for half of a surrogate pair; the Hangul fillers and the braille blank are letters and symbols without ink.
    private static bool IsSeen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && rune.Value is not (0xFFFD or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF));

    private static bool Holds(Rune[] runes, int at)
    {
        if (at == 0) return false;
        var (before, after) = (runes[at - 1], at + 1 < runes.Length ? runes[at + 1] : default);
        return runes[at].Value switch
        {
            VariationSelector16 => IsSymbol(before) || after.Value == KeycapMark,
            ZeroWidthJoiner => (IsSymbol(before) || before.Value == VariationSelector16 || IsSkinTone(before)) && IsSymbol(after)
                || (IsJoining(before) && IsJoining(after)),
            ZeroWidthNonJoiner => IsJoining(before) && IsJoining(after),
            _ => false,
        };
    }

    private static bool IsSymbol(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol;

    private static bool IsSkinTone(Rune rune) => rune.Value is >= 0x1F3FB and <= 0x1F3FF;

    // Arabic, Syriac, N'Ko, Mongolian and the Brahmic scripts, whose letters change with their neighbours.
    private static bool IsJoining(Rune rune) =>
        rune.Value is (>= 0x0620 and <= 0x08FF) or (>= 0x0900 and <= 0x0DFF) or (>= 0x0F00 and <= 0x109F) or (>= 0x1780 and <= 0x18AF)
        && (Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
