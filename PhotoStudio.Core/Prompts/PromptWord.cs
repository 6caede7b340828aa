using System.Globalization;
using System.Text;
using PhotoStudio.Core.Vocabulary;

namespace PhotoStudio.Core.Prompts;

/// <summary>A word, a mark of punctuation, or a quotation of a prompt.</summary>
/// <param name="Text">As written.</param>
/// <param name="Folded">In lower case with marks composed; the mark itself for punctuation.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins in the text, in characters.</param>
internal readonly record struct PromptWord(string Text, string Folded, PromptWordKind Kind, int Start)
{
    /// <summary>Where it ends in the text.</summary>
    public int End => Start + Text.Length;

    /// <summary>Whether it is a word.</summary>
    public bool IsWord => Kind == PromptWordKind.Word;

    /// <summary>Whether it ends a thought: a comma, a full stop and the like.</summary>
    public bool IsPause => Kind == PromptWordKind.Mark && Text is "," or "." or ";" or "!" or "?" or "|" or "\n" or "(" or ")" or "…" or "—";

    /// <summary>Whether it has a digit.</summary>
    public bool IsNumber => IsWord && char.IsAsciiDigit(Text[0]);

    /// <summary>The words of a text. Numbers such as 16:9, 1.5 and f/1.8 stay whole, and so does what stands in double quotes.</summary>
    public static List<PromptWord> Split(string text)
    {
        var words = new List<PromptWord>(text.Length / 5 + 4);
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (c is ' ' or '\t')
            {
                at++;
                continue;
            }

            var end = c switch
            {
                '"' or '“' or '«' => Quotation(text, at),
                _ when IsLetter(c) => Word(text, at),
                _ => at + 1,
            };
            var kind = end - at > 2 && c is '"' or '“' or '«' ? PromptWordKind.Quotation : IsLetter(c) ? PromptWordKind.Word : PromptWordKind.Mark;
            var written = text[at..end];
            words.Add(new PromptWord(written, kind == PromptWordKind.Word ? Fold(written) : written, kind, at));
            at = end;
        }

        return words;
    }

    /// <summary>A text without control and invisible characters, its white space single; line breaks become commas.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsClean(text)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var kept = c switch
            {
                '\n' or '\r' => ',',
                '\t' or '\u00A0' or '\u3000' => ' ',
                '’' or '‘' => '\'',
                _ => c,
            };
            if (kept == ' ' && (clean.Length == 0 || clean[^1] == ' ')) continue;
            if (kept == ',' && c != ',' && (clean.Length == 0 || LastSeen(clean) is ',' or '.')) continue;
            if (char.GetUnicodeCategory(kept) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                continue;
            }

            if (char.IsSurrogate(kept) && !Paired(text, clean, kept)) continue;
            if (kept == ',' && c != ',') clean.Append(", ");
            else clean.Append(kept);
        }

        return clean.ToString().Trim(' ', ',');
    }

    // Printable ASCII and the letters of the three languages, without blanks to join or commas to trim.
    private static bool IsClean(string text)
    {
        if (text.Length == 0 || text[0] is ' ' or ',' || text[^1] is ' ' or ',') return false;
        for (var i = 0; i < text.Length; i++)
        {
            var isPlain = text[i] is (>= ' ' and <= '~') or (>= '\u00C0' and <= '\u017F') or (>= '\u1EA0' and <= '\u1EF9') or 'ơ' or 'Ơ' or 'ư' or 'Ư';
            if (!isPlain || (text[i] == ' ' && text[i - 1] == ' ')) return false;
        }

        return true;
    }

    private static char LastSeen(StringBuilder text) => text[^1] == ' ' && text.Length > 1 ? text[^2] : text[^1];

    // A lone surrogate is no character; a low one is kept only after a high one that was kept.
    private static bool Paired(string text, StringBuilder clean, char c) =>
        char.IsHighSurrogate(c) ? text.Length > 1 : clean.Length > 0 && char.IsHighSurrogate(clean[^1]);

    private static bool IsLetter(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private static string Fold(string word)
    {
        var ascii = true;
        foreach (var c in word) ascii &= c < 128;
        return ascii ? word.ToLowerInvariant() : LetterMarks.Compose(word.ToLowerInvariant());
    }

    private static int Quotation(string text, int start)
    {
        var close = text[start] switch { '“' => '”', '«' => '»', _ => '"' };
        var end = text.IndexOf(close, start + 1);
        return end < 0 ? start + 1 : end + 1;
    }

    private static int Word(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length)
        {
            var c = text[end];
            if (IsLetter(c))
            {
                end++;
                continue;
            }

            // Inside a word: rock'n'roll, close-up; inside a number: 16:9, 1.5, 1,000; f/1.8.
            var more = end + 1 < text.Length && IsLetter(text[end + 1]);
            var inNumber = more && char.IsAsciiDigit(text[end - 1]) && char.IsAsciiDigit(text[end + 1]) && c is '.' or ',' or ':' or '/';
            var aperture = more && c == '/' && end - start == 1 && text[start] is 'f' or 'F' && char.IsAsciiDigit(text[end + 1]);
            if (more && (c is '\'' or '-' || inNumber || aperture)) end++;
            else break;
        }

        return end;
    }
}

/// <summary>What a <see cref="PromptWord"/> is.</summary>
internal enum PromptWordKind
{
    Word,
    Mark,
    Quotation,
}
