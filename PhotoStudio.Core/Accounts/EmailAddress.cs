using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using PhotoStudio.Core.Text;

namespace PhotoStudio.Core.Accounts;

/// <summary>
/// An e-mail address as a login name (RFC 5321 without quoted local parts, comments and address literals). International domains are kept in
/// their ASCII form, so that a domain that merely looks like another is another.
/// </summary>
public sealed record EmailAddress
{
    /// <summary>The longest address, in characters (RFC 5321, 4.5.3.1.3).</summary>
    public const int MaxLength = 254;

    /// <summary>What an address has to look like, as a sentence for the caller.</summary>
    public const string Rule = "must be an e-mail address such as ana@example.com, at most 254 characters.";

    private const int MaxLocalLength = 64;
    private const string LocalSymbols = "!#$%&'*+-/=?^_`{|}~.";

    private EmailAddress(string text) => Text = text;

    /// <summary>The address as it is written to.</summary>
    public string Text { get; }

    /// <summary>What makes it unique: the address in small letters.</summary>
    public string Key => Text.ToLowerInvariant();

    /// <summary>Reads an address.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        address = null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 2 * MaxLength || !Nfkc.IsWellFormed(text)) return false;

        // Spaces around it are a slip of the hand; anything invisible inside it is not.
        var parts = Nfkc.Normalize(text.Trim(' ')).Split('@');
        if (parts is not [var local, var domain] || !IsLocal(local) || ToAscii(domain) is not { } ascii) return false;
        if (local.Length + 1 + ascii.Length > MaxLength) return false;
        address = new EmailAddress($"{local}@{ascii}");
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsLocal(string local) =>
        local.Length is > 0 and <= MaxLocalLength
        && local.All(c => char.IsAsciiLetterOrDigit(c) || LocalSymbols.Contains(c, StringComparison.Ordinal))
        && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal);

    private static string? ToAscii(string domain)
    {
        // The mapping drops what cannot be seen; such a domain is refused instead.
        if (domain.EnumerateRunes().Any(rune => !Rune.IsLetterOrDigit(rune) && !IsMark(rune) && rune.Value is not ('-' or '.'))) return null;

        try
        {
            var ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain.ToLowerInvariant());
            return ascii.Split('.') is { Length: >= 2 } labels && labels.All(IsLabel) && !char.IsAsciiDigit(labels[^1][0]) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && label[0] != '-' && label[^1] != '-';
}
