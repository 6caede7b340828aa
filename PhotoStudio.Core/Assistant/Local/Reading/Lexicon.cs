namespace PhotoStudio.Core.Assistant.Local.Reading;

/// <summary>
/// The words of wishes, read from the files in <c>Local/Lexicon/</c>: a line is <c>concept: phrase, phrase</c> or
/// <c>concept.value: phrase, phrase</c>. Marks and capitals do not matter, and the longest phrase wins. English words are understood in
/// the other languages too.
/// </summary>
internal sealed class Lexicon
{
    private const string Prefix = "PhotoStudio.Core.Assistant.Local.Lexicon.";
    private const string Common = "en";
    private const int LongestPhrase = 9;
    private static readonly Dictionary<string, Lexicon> Languages = Load();

    private readonly Dictionary<string, (string Concept, string Value)> exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Concept, string Value)> plain = new(StringComparer.Ordinal);

    // By the first word without marks: the most tokens of a phrase that begins with it.
    private readonly Dictionary<string, int> lengths = new(StringComparer.Ordinal);

    private Lexicon(string language) => Language = language;

    /// <summary>en, vi or es.</summary>
    public string Language { get; }

    /// <summary>The words of a message in the language that knows most of them, and how many tokens each language knows.</summary>
    public static (IReadOnlyList<ReadWord> Words, string Language, IReadOnlyDictionary<string, double> Known) Read(IReadOnlyList<Token> tokens)
    {
        var known = new Dictionary<string, double>(StringComparer.Ordinal);
        (List<ReadWord> Words, double Known) best = ([], -1);
        var main = Common;
        foreach (var (name, language) in Languages)
        {
            var reading = Read(tokens, language);
            known[name] = reading.Known;
            if (reading.Known > best.Known) (best, main) = (reading, name);
        }

        return (best.Words, main, known);
    }

    /// <summary>The words of a message in one language.</summary>
    public static IReadOnlyList<ReadWord> ReadAs(IReadOnlyList<Token> tokens, string language) => Read(tokens, Languages[language]).Words;

    private static (List<ReadWord> Words, double Known) Read(IReadOnlyList<Token> tokens, Lexicon language)
    {
        var words = new List<ReadWord>(tokens.Count);
        double known = 0;
        for (var at = 0; at < tokens.Count;)
        {
            var own = language.Longest(tokens, at);
            var word = own is { Count: > 1 } ? own : Measured(tokens, at, language.Language) ?? own;
            if (word is not null)
            {
                // Letters whose marks were made up for prove less: "cat" may be "cắt".
                if (own is not null) known += own.Value.Count * (language.IsAsWritten(tokens, own.Value) ? 1 : 0.7);
            }
            else if (Languages[Common].Longest(tokens, at) is { } borrowed && borrowed.Concept is not (Concepts.Passing or Concepts.Break))
            {
                word = borrowed;
                known += borrowed.Count / 2.0;
            }

            word ??= new("", "", at, 1);
            words.Add(word.Value);
            at = word.Value.End;
        }

        return (words, known);
    }

    // Numbers with their units: 16:9, 800x600, 2x, x3, 30 %, ninety degrees, -25.
    private static ReadWord? Measured(IReadOnlyList<Token> tokens, int at, string language)
    {
        var token = tokens[at];
        switch (token.Kind)
        {
            case TokenKind.Color:
                return new("color", token.Text, at, 1);
            case TokenKind.Pair:
                return new(token.Text.Contains(':', StringComparison.Ordinal) ? "ratio" : "size", token.Text, at, 1 + PixelUnit(at + 1));
            case TokenKind.Number:
                return Number(NumberWords.Parse(token.Text), 1, isDigits: true);
            case TokenKind.Sign when token.Text is "-" or "+" or "−" && at + 1 < tokens.Count && tokens[at + 1] is { Kind: TokenKind.Number } next
                && next.Start == token.End && (at == 0 || tokens[at - 1].End < token.Start || tokens[at - 1].Kind == TokenKind.Word):
                return Number(NumberWords.Parse(next.Text) * (token.Text == "+" ? 1 : -1), 2, isDigits: true);
            case TokenKind.Sign:
                return token.Text is "," or "&" or "+" ? new(Concepts.Break, "", at, 1)
                    : token.Text is "." or ";" or "!" or "?" or "\n" or "…" or "¡" or "¿" ? new(Concepts.Then, "", at, 1)
                    : null;
            default:
                if (token.Plain is ['x', >= '1' and <= '9'] or ['x', '1', >= '0' and <= '6']) return new("times", token.Plain[1..], at, 1);
                return NumberWords.Read(tokens, at, language) is { } read ? Number(read.Value, read.Length, isDigits: false) : null;
        }

        ReadWord? Number(double value, int length, bool isDigits)
        {
            // 1024 by 768.
            if (isDigits && at + length + 1 < tokens.Count && tokens[at + length].Plain is "by" or "por" or "nhan" && tokens[at + length + 1].Kind == TokenKind.Number)
                return new(value >= 30 ? "size" : "ratio", $"{Text(value)}{(value >= 30 ? "x" : ":")}{tokens[at + length + 1].Text}", at, length + 2 + PixelUnit(at + length + 2));
            if (Units.Find(tokens, at + length) is { } unit) return new(unit.Unit, Text(value), at, length + unit.Length);

            // Single words such as "ba" or "sau" are numbers only beside what is counted; so is "one".
            if (isDigits || length > 1) return new("number", Text(value), at, length);
            var before = at > 0 ? tokens[at - 1].Plain : "";
            var isCounted = before is "gap" or "by" or "len" or "so" or "number" or "numero" or "factor" or "of" or "x" or "opcion" or "option"
                || (language != "vi" && value > 1) || (at + 1 < tokens.Count && tokens[at + 1].Plain is "phien" or "bien" or "ban" or "kieu" or "tam" or "lua" or "mau");
            return isCounted ? new("number", Text(value), at, length) : null;
        }

        int PixelUnit(int next) => Units.Find(tokens, next) is { Unit: "pixels" } unit ? unit.Length : 0;

        static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private ReadWord? Longest(IReadOnlyList<Token> tokens, int at)
    {
        // Vietnamese marks that are there are meant: "bò" is never "bỏ".
        if (!lengths.TryGetValue(tokens[at].Plain, out var most)) return null;
        for (var length = Math.Min(most, tokens.Count - at); length > 0; length--)
        {
            var (text, bare) = length == 1 ? (tokens[at].Text, tokens[at].Plain) : (Join(tokens, at, length, false), Join(tokens, at, length, true));
            if (exact.TryGetValue(text, out var meaning) || ((Language != "vi" || text == bare) && plain.TryGetValue(bare, out meaning))) return new(meaning.Concept, meaning.Value, at, length);
        }

        return null;
    }

    private bool IsAsWritten(IReadOnlyList<Token> tokens, ReadWord word) =>
        exact.ContainsKey(word.Count == 1 ? tokens[word.First].Text : Join(tokens, word.First, word.Count, false));

    private static string Join(IReadOnlyList<Token> tokens, int at, int count, bool isPlain)
    {
        var text = new System.Text.StringBuilder();
        for (var i = at; i < at + count; i++) text.Append(text.Length > 0 ? " " : "").Append(isPlain ? tokens[i].Plain : tokens[i].Text);
        return text.ToString();
    }

    private static Dictionary<string, Lexicon> Load()
    {
        var languages = new Dictionary<string, Lexicon>(StringComparer.Ordinal);
        var assembly = typeof(Lexicon).Assembly;
        foreach (var name in (string[])["en", "vi", "es"])
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream($"{Prefix}{name}.txt")!);
            var language = languages[name] = new(name);
            language.ReadFile(reader.ReadToEnd());
        }

        return languages;
    }

    private void ReadFile(string file)
    {
        var passing = new List<string>();
        foreach (var line in file.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0 || (line[0] == '#' && line[1] == ' ')) continue;
            var concept = line[..colon].Split('.', 2);
            foreach (var phrase in line[(colon + 2)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                // "=" before a phrase: its marks have to be there ("nến" is a candle, "nen" most often a background).
                var tokens = MessageText.Read(phrase.TrimStart('=')).Tokens;
                if (tokens.Count is 0 or > LongestPhrase) throw new InvalidDataException($"{Language}: '{phrase}' cannot be a phrase.");
                var (text, bare) = (Join(tokens, 0, tokens.Count, false), Join(tokens, 0, tokens.Count, true));
                var meaning = (concept[0], concept.Length > 1 ? concept[1] : "");
                exact.TryAdd(text, meaning);
                if (concept[0] == Concepts.Passing) passing.Add(bare);
                else if (phrase[0] != '=') plain.TryAdd(bare, meaning);
                lengths[tokens[0].Plain] = Math.Max(tokens.Count, lengths.GetValueOrDefault(tokens[0].Plain));
            }
        }

        // Without marks a word that says something goes before one that does not: "tối" before "tôi".
        foreach (var bare in passing) plain.TryAdd(bare, (Concepts.Passing, ""));
    }
}
