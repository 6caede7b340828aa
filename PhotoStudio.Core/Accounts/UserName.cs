using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using PhotoStudio.Core.Text;

namespace PhotoStudio.Core.Accounts;

/// <summary>
/// The name others see: letters of one script, digits, and single '.', '_', '-' or spaces between them, in normalization form KC. Names that look
/// alike (Unicode Technical Standard 39) have the same <see cref="Skeleton"/>, of which there is only one.
/// </summary>
public sealed record UserName
{
    /// <summary>The fewest characters.</summary>
    public const int MinLength = 3;

    /// <summary>The most characters.</summary>
    public const int MaxLength = 40;

    /// <summary>What a name has to look like, as a sentence for the caller.</summary>
    public const string Rule =
        "must have 3 to 40 letters and digits of one script, with single '.', '_', '-' or spaces only between them.";

    /// <summary>What is wrong with a name that could be taken for the studio's own.</summary>
    public const string ReservedRule = "is kept for the studio itself. Choose another.";

    // Where the letters of scripts that share shapes begin and end. Everything else counts as one script of its own.
    private static readonly (int First, int Last, string Script)[] Scripts =
    [
        (0x0041, 0x007A, "Latin"), (0x00AA, 0x024F, "Latin"), (0x1E00, 0x1EFF, "Latin"), (0x0370, 0x03FF, "Greek"), (0x1F00, 0x1FFF, "Greek"),
        (0x0400, 0x052F, "Cyrillic"), (0x1C80, 0x1C8F, "Cyrillic"), (0x2DE0, 0x2DFF, "Cyrillic"), (0xA640, 0xA69F, "Cyrillic"),
        (0x0530, 0x058F, "Armenian"), (0x0590, 0x05FF, "Hebrew"), (0x0600, 0x077F, "Arabic"), (0x0900, 0x097F, "Devanagari"), (0x0E00, 0x0E7F, "Thai"),
        (0x1100, 0x11FF, "Korean"), (0xAC00, 0xD7A3, "Korean"), (0x3040, 0x30FF, "Han"), (0x3400, 0x4DBF, "Han"), (0x4E00, 0x9FFF, "Han"),
        (0x13A0, 0x13FF, "Cherokee"),
    ];

    private static readonly HashSet<string> Reserved = new(
        ((string[])["admin", "administrator", "root", "support", "moderator", "system", "security", "photostudio", "studio", "staff", "official"])
            .Select(SkeletonOf),
        StringComparer.Ordinal);

    private UserName(string text, string skeleton) => (Text, Skeleton) = (text, skeleton);

    /// <summary>The name.</summary>
    public string Text { get; }

    /// <summary>What names that look alike have in common; for comparing, never for showing.</summary>
    public string Skeleton { get; }

    /// <summary>Whether it could be taken for the studio's own.</summary>
    public bool IsReserved => Reserved.Contains(Skeleton);

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out UserName? name)
    {
        name = null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 4 * MaxLength || !Nfkc.IsWellFormed(text)) return false;

        var normal = Nfkc.Normalize(text.Trim(' '));
        if (normal.Length is < MinLength or > MaxLength || !IsWellMade(normal)) return false;
        name = new UserName(normal, SkeletonOf(normal));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsWellMade(string name)
    {
        string? script = null;
        bool letters = false, separated = true;
        foreach (var rune in name.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter:
                    if (ScriptOf(rune.Value) is not { } own || (script ??= own) != own) return false;
                    (letters, separated) = (true, false);
                    break;
                case UnicodeCategory.DecimalDigitNumber when rune.IsAscii:
                    separated = false;
                    break;

                // Vowels of Thai and Devanagari, for instance; never first, and never stacked to write over other lines.
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark when !separated && script is not (null or "Latin"):
                    break;
                default:
                    if (separated || rune.Value is not ('.' or '_' or '-' or ' ')) return false;
                    separated = true;
                    break;
            }
        }

        return letters && !separated;
    }

    private static string? ScriptOf(int letter)
    {
        foreach (var (first, last, script) in Scripts)
        {
            if (letter >= first && letter <= last) return script;
        }

        return null;
    }

    // The look-alikes of letters, and those of the digits and pairs that a careless eye reads as a letter.
    private static string SkeletonOf(string name) => LookAlikes.Spell(name)
        .Replace('0', 'o').Replace('1', 'l').Replace('i', 'l').Replace('5', 's')
        .Replace("rn", "m", StringComparison.Ordinal).Replace("vv", "w", StringComparison.Ordinal);
}
