using System.Buffers;
using PhotoStudio.Core.Text;

namespace PhotoStudio.Core.Moderation;

/// <summary>One reading of a stretch of a prompt as a word.</summary>
/// <param name="Start">The place before it.</param>
/// <param name="End">The place after it; more than one further on for pieces that are read as one word.</param>
/// <param name="Spellings">
/// The words it may stand for, without marks; the first is what is written. One that begins with <c>=</c> has its marks.
/// </param>
internal sealed record PromptToken(int Start, int End, IReadOnlyList<string> Spellings);

/// <summary>
/// Cuts a prompt into words and undoes what is done to hide them: symbols and digits for letters, separators and blanks within a word,
/// repeated letters, asterisks. What is ambiguous is read in every way; the lexicon decides.
/// </summary>
internal static class PromptTokens
{
    private const string Joiners = "-._·'’`~•^";
    private const int MostPieces = 16;
    private const string Edges = Joiners + "!*";
    private static readonly char[] JoinerLetters = [.. Joiners];
    private static readonly char[] EdgeLetters = [.. Edges];
    private static readonly char[] EndingDigits = [.. "0123456789"];
    private static readonly char[] EndingSigns = [.. "0123456789!"];

    // Symbols that stand for letters inside a word. The vertical bar and the digit one stand for i and for l.
    private const string Symbols = "@$!|*€£¡§";
    private static readonly SearchValues<char> Apostrophes = SearchValues.Create("'’`");
    private static readonly SearchValues<char> OtherThanWords = SearchValues.Create(Joiners + Symbols);

    /// <summary>The readings of a prompt, by place.</summary>
    public static IReadOnlyList<PromptToken> Read(string prompt)
    {
        var tokens = new List<PromptToken>();
        var pieces = new List<string?>();
        var place = 0;
        foreach (var chunk in Chunks(LookAlikes.Spell(prompt)))
        {
            if (chunk.IndexOfAny(JoinerLetters) < 0)
            {
                tokens.Add(new(place, ++place, Spellings(chunk)));
                pieces.Add(LookAlikes.WithoutMarks(chunk));
                continue;
            }

            var parts = chunk.Split(JoinerLetters, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0) continue;
            var first = place;
            foreach (var part in parts) tokens.Add(new(place, ++place, Spellings(part)));

            // The s of "it's" is no piece of a word.
            pieces.AddRange(!chunk.AsSpan().ContainsAny(Apostrophes) ? parts.Select(LookAlikes.WithoutMarks) : parts.Select(_ => (string?)null));
            if (parts.Length > 1) tokens.Add(new(first, place, Spellings(string.Concat(parts))));
        }

        JoinPieces(tokens, pieces);
        return tokens;
    }

    private static IEnumerable<string> Chunks(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && IsOfWord(text[i])) continue;
            if (i > start && text[start..i].Trim(EdgeLetters) is { Length: > 0 } chunk) yield return chunk;
            start = i + 1;
        }
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || LookAlikes.IsMark(c) || OtherThanWords.Contains(c);

    // Words written letter by letter ("p o r n"), or in pieces of which one is a lone consonant ("p orn").
    private static void JoinPieces(List<PromptToken> tokens, List<string?> pieces)
    {
        for (var start = 0; start < pieces.Count; start++)
        {
            if (pieces[start] is not { Length: <= 3 } word) continue;
            var (length, hasConsonant) = (word.Length, IsConsonant(word));
            for (var end = start + 1; end < pieces.Count && end - start < MostPieces && pieces[end] is { Length: <= 3 } next; end++)
            {
                length += next.Length;
                hasConsonant |= IsConsonant(next);
                var isSpelled = length == end - start + 1;
                if (isSpelled ? length >= 3 : hasConsonant && length >= 4) tokens.Add(new(start, end + 1, Spellings(string.Concat(pieces.GetRange(start, end - start + 1)))));
            }
        }
    }

    private static bool IsConsonant(string piece) => piece.Length == 1 && !"aeiouy".Contains(piece[0], StringComparison.Ordinal);

    private static IReadOnlyList<string> Spellings(string written)
    {
        var plain = LookAlikes.WithoutMarks(written);
        var isHidden = false;
        var hasLetter = false;
        foreach (var c in plain)
        {
            var isLetter = char.IsAsciiLetter(c);
            isHidden |= !isLetter;
            hasLetter |= isLetter || Symbols.Contains(c, StringComparison.Ordinal);
        }

        if (!(isHidden && hasLetter) && !HasRun(plain) && plain.Length > 0) return [plain, $"={written}"];
        List<string> spellings = [plain, $"={written}"];
        var readings = new List<string> { plain };
        if (isHidden && hasLetter)
        {
            readings.Add(Decoded(plain, 'i'));
            readings.Add(Decoded(plain, 'l'));
            readings.Add(plain.TrimEnd(EndingDigits));
            readings.Add(Decoded(plain.TrimEnd(EndingSigns), 'i'));
        }

        foreach (var reading in readings)
        {
            spellings.Add(reading);
            if (HasRun(reading))
            {
                spellings.Add(Squeezed(reading, 1, 3));
                spellings.Add(Squeezed(reading, 2, 3));
            }
        }

        return [.. spellings.Where(spelling => spelling.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    private static string Decoded(string word, char one) => string.Create(word.Length, (word, one), static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = from.word[i] switch
            {
                '0' => 'o',
                '1' or '!' or '|' or '¡' => from.one,
                '3' or '€' => 'e',
                '4' or '@' => 'a',
                '5' or '$' or '§' => 's',
                '6' or '9' => 'g',
                '7' => 't',
                '8' => 'b',
                '2' => 'z',
                '£' => 'l',
                var other => other,
            };
        }
    });

    private static bool HasRun(string word)
    {
        for (var i = 2; i < word.Length; i++)
            if (word[i] == word[i - 1] && word[i] == word[i - 2]) return true;
        return false;
    }

    private static bool HasPair(string word)
    {
        for (var i = 1; i < word.Length; i++)
            if (word[i] == word[i - 1]) return true;
        return false;
    }

    /// <summary>The word with every run of at least <paramref name="from"/> equal letters cut to <paramref name="to"/>.</summary>
    internal static string Squeezed(string word, int to, int from)
    {
        if (!HasPair(word)) return word;
        var result = new System.Text.StringBuilder(word.Length);
        for (int i = 0, end; i < word.Length; i = end)
        {
            end = i + 1;
            while (end < word.Length && word[end] == word[i]) end++;
            result.Append(word[i], end - i >= from ? to : end - i);
        }

        return result.ToString();
    }
}
