using System.Globalization;
using System.Text;
using PhotoStudio.Core.Text;

namespace PhotoStudio.Core.Assistant.Local.Reading;

/// <summary>
/// A message made safe to read: what cannot be seen is gone (controls, zero-width characters, marks of writing direction), line breaks
/// and blanks are single, and only its beginning is kept, so that work is bounded.
/// </summary>
internal sealed class MessageText
{
    /// <summary>The most characters that are read.</summary>
    public const int MaxLength = 4_000;

    /// <summary>The most tokens that are read.</summary>
    public const int MaxTokens = 800;

    private MessageText(string text, bool isShortened, IReadOnlyList<Token> tokens) => (Text, IsShortened, Tokens) = (text, isShortened, tokens);

    /// <summary>The cleaned text.</summary>
    public string Text { get; }

    /// <summary>Whether the message was longer than is read.</summary>
    public bool IsShortened { get; }

    /// <summary>Its tokens in order.</summary>
    public IReadOnlyList<Token> Tokens { get; }

    /// <summary>Cleans a message and splits it; any text is welcome.</summary>
    public static MessageText Read(string message)
    {
        var (text, isShortened) = Clean(message);
        var tokens = new List<Token>();
        for (var at = 0; at < text.Length && tokens.Count < MaxTokens;)
        {
            var token = Next(text, at);
            if (token is { } found) tokens.Add(found);
            at = token?.End ?? at + 1;
        }

        return new(text, isShortened || tokens.Count == MaxTokens, tokens);
    }

    private static (string Text, bool IsShortened) Clean(string message)
    {
        var clean = new StringBuilder(Math.Min(message.Length, MaxLength));
        var read = 0;
        foreach (var rune in message.EnumerateRunes())
        {
            read += rune.Utf16SequenceLength;
            if (clean.Length >= MaxLength || read > MaxLength * 4) return (clean.ToString(), true);
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value is '\n' or '\r')
            {
                if (clean.Length > 0 && clean[^1] == ' ') clean.Length--;
                if (clean.Length > 0 && clean[^1] != '\n') clean.Append('\n');
            }
            else if (category is UnicodeCategory.SpaceSeparator or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                if (clean.Length > 0 && clean[^1] is not (' ' or '\n')) clean.Append(' ');
            }
            else if (category is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                && rune.Value is not (0xFFFD or 0x034F or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F)))
            {
                clean.Append(rune.Value == '’' ? "'" : rune.ToString());
            }
        }

        return (clean.ToString().TrimEnd(), false);
    }

    private static Token? Next(string text, int at)
    {
        var c = text[at];
        if (c is ' ') return null;
        if (char.IsAsciiDigit(c)) return Numeric(text, at);
        if (IsLetter(text, at)) return Word(text, at, at);
        if (c == '#' && Hex(text, at + 1) is var digits && digits is 3 or 6 or 8)
            return new(TokenKind.Color, text.Substring(at, digits + 1).ToLowerInvariant(), text.Substring(at, digits + 1).ToLowerInvariant(), at, at + digits + 1);
        if (c == '-' && at > 0 && at + 1 < text.Length && IsLetter(text, at - 1) && IsLetter(text, at + 1)) return null;
        var length = char.IsHighSurrogate(c) && at + 1 < text.Length ? 2 : 1;
        var sign = text.Substring(at, length);
        return new(TokenKind.Sign, sign, sign, at, at + length);
    }

    private static Token Word(string text, int start, int from)
    {
        var end = from;
        while (end < text.Length && (IsLetter(text, end) || char.IsAsciiDigit(text[end])
            || (text[end] == '\'' && end > start && end + 1 < text.Length && IsLetter(text, end + 1))))
        {
            end += char.IsHighSurrogate(text[end]) ? 2 : 1;
        }

        var spelled = TonesLast(LookAlikes.Spell(text[start..end]).Trim());
        return new(TokenKind.Word, spelled, LookAlikes.WithoutMarks(spelled), start, end);
    }

    // Where a tone stands differs by habit: "xóa" and "xoá" are one word.
    private static string TonesLast(string word) => word.Any(IsTone) ? string.Concat(word.Where(letter => !IsTone(letter)).Concat(word.Where(IsTone))) : word;

    private static bool IsTone(char mark) => mark is '\u0300' or '\u0301' or '\u0309' or '\u0303' or '\u0323';

    // 16:9, 3/2, 800x600, 800 x 600, 2.5, 4k; a unit that hangs on the number (2x, 90°, 300px, 4lần) is a token of its own.
    private static Token Numeric(string text, int start)
    {
        var end = NumberEnd(text, start);
        var first = text[start..end].Replace(',', '.');
        var sign = SkipBlanks(text, end);
        if (sign < text.Length && text[sign] is ':' or '/' or 'x' or 'X' or '×' or '*'
            && SkipBlanks(text, sign + 1) is var second && second < text.Length && char.IsAsciiDigit(text[second])
            && (text[sign] is not (':' or '/') || second - end <= 3))
        {
            var last = NumberEnd(text, second);
            var pair = $"{first}{(text[sign] is ':' or '/' ? ':' : 'x')}{text[second..last].Replace(',', '.')}";
            return new(TokenKind.Pair, pair, pair, start, last);
        }

        if (end < text.Length && IsLetter(text, end))
        {
            var word = Word(text, start, end);
            var unit = word.Plain[(end - start)..];
            if (!Units.IsUnit(unit)) return word;
        }

        return new(TokenKind.Number, first, first, start, end);
    }

    private static int NumberEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (end + 1 < text.Length && text[end] is '.' or ',' && char.IsAsciiDigit(text[end + 1]))
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        }

        return end;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && text[at] == ' ') at++;
        return at;
    }

    private static int Hex(string text, int start)
    {
        var end = start;
        while (end < text.Length && end - start < 9 && char.IsAsciiHexDigit(text[end])) end++;
        return end - start;
    }

    private static bool IsLetter(string text, int at) =>
        char.IsLetter(text, at) || char.GetUnicodeCategory(text, at) switch
        {
            UnicodeCategory.NonSpacingMark => true,

            // Letters in circles and squares.
            UnicodeCategory.OtherSymbol => LookAlikes.Spell(char.IsHighSurrogate(text[at]) ? text.Substring(at, 2) : text[at..(at + 1)]) is [>= 'a' and <= 'z', ..],
            _ => false,
        };
}
