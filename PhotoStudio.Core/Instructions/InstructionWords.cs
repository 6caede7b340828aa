using System.Text.RegularExpressions;
using PhotoStudio.Core.Text;

namespace PhotoStudio.Core.Instructions;

/// <summary>A word or phrase of an instruction.</summary>
/// <param name="Concept">What it stands for, such as <c>warm</c>, <c>remove</c>, <c>color</c>; empty for a word nobody knows.</param>
/// <param name="Value">Which one, such as <c>red</c> or <c>16:9</c>.</param>
/// <param name="Text">As written, in small letters without marks.</param>
internal sealed record InstructionWord(string Concept, string Value, string Text);

/// <summary>
/// The words of instructions, read from the files in <c>Lexicon/</c>: a line is <c>concept: phrase, phrase</c> or
/// <c>concept.value: phrase, phrase</c>. Marks and capitals do not matter, the longest phrase wins, and every language is read at once.
/// </summary>
internal static partial class InstructionWords
{
    /// <summary>The concept of what separates wishes.</summary>
    public const string Break = "break";

    private const string Passing = "passing";

    private const string Prefix = "PhotoStudio.Core.Instructions.Lexicon.";
    private const string Common = "en";
    private const int LongestPhrase = 6;
    private static readonly Dictionary<string, Language> Languages = Load();

    /// <summary>
    /// The words of an instruction in order, words without meaning left out, in the language that knows most of them. English words are
    /// understood in the others too.
    /// </summary>
    public static IReadOnlyList<InstructionWord> Read(string instruction)
    {
        var tokens = Tokens().Matches(LookAlikes.Spell(instruction).Replace('’', '\'')).Select(match => match.Value).ToList();
        return Languages.Values.Select(language => Read(tokens, language)).MaxBy(reading => reading.Known).Words;
    }

    private static (List<InstructionWord> Words, double Known) Read(List<string> tokens, Language language)
    {
        var words = new List<InstructionWord>();
        double known = 0;
        for (var i = 0; i < tokens.Count;)
        {
            var (word, length) = Longest(tokens, i, language) is var (found, count) ? (found, count) : (null, 0);
            known += length;
            if (word is null && Longest(tokens, i, Languages[Common]) is var (borrowed, borrowedCount) && borrowed.Concept != Passing)
            {
                (word, length) = (borrowed, borrowedCount);
                known += length / 2.0;
            }

            word ??= Measured(LookAlikes.WithoutMarks(tokens[i]));
            if (word.Concept != Passing) words.Add(word);
            i += Math.Max(1, length);
        }

        return (words, known);
    }

    private static (InstructionWord Word, int Length)? Longest(List<string> tokens, int start, Language language)
    {
        for (var length = Math.Min(LongestPhrase, tokens.Count - start); length > 0; length--)
        {
            var text = string.Join(' ', tokens.GetRange(start, length));
            var plain = LookAlikes.WithoutMarks(text);
            if (language.Exact.TryGetValue(text, out var meaning) || language.Plain.TryGetValue(plain, out meaning))
                return (new(meaning.Concept, meaning.Value, plain), length);
        }

        return null;
    }

    // Numbers with their units: 16:9, 800x600, 2x, 30%, 90 degrees, 1200px.
    private static InstructionWord Measured(string token)
    {
        if (token is "," or ";" or "." or "&" or "\n" or "+" or "!" or "?") return new(Break, "", token);
        if (token[0] == '#') return new("color", token, token);
        if (!char.IsAsciiDigit(token[0])) return new("", "", token);
        var match = Measure().Match(token);
        var value = match.Groups["a"].Value.Replace(',', '.');
        if (match.Groups["b"] is { Success: true, Value: var second })
            return match.Groups["sign"].Value is ":" or "/" ? new("ratio", $"{value}:{second.Replace(',', '.')}", token) : new("size", $"{value}x{second}", token);

        return match.Groups["unit"].Value switch
        {
            "%" or "percent" or "phan tram" or "por ciento" => new("percent", value, token),
            "px" or "pixel" or "pixels" or "pixeles" => new("pixels", value, token),
            "x" or "times" or "lan" or "veces" => new("times", value, token),
            "°" or "degree" or "degrees" or "deg" or "do" or "grados" or "grado" => new("degrees", value, token),
            _ => new("number", value, token),
        };
    }

    private static Dictionary<string, Language> Load()
    {
        var languages = new Dictionary<string, Language>(StringComparer.Ordinal);
        var assembly = typeof(InstructionWords).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            languages[name[Prefix.Length..].Split('.')[0]] = ReadFile(reader.ReadToEnd());
        }

        return languages;
    }

    private static Language ReadFile(string file)
    {
        var language = new Language([], []);
        var passing = new List<string>();
        foreach (var line in file.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#' && !line.Contains(": ", StringComparison.Ordinal)) continue;
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var concept = line[..colon].Split('.', 2);
            foreach (var phrase in line[(colon + 2)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var text = string.Join(' ', Tokens().Matches(LookAlikes.Spell(phrase)).Select(match => match.Value));
                var meaning = (concept[0], concept.Length > 1 ? concept[1] : "");
                language.Exact.TryAdd(text, meaning);
                if (concept[0] == Passing) passing.Add(text);
                else language.Plain.TryAdd(LookAlikes.WithoutMarks(text), meaning);
            }
        }

        // Without marks a word that says something goes before one that does not: "tối" before "tôi".
        foreach (var text in passing) language.Plain.TryAdd(LookAlikes.WithoutMarks(text), (Passing, ""));
        return language;
    }

    /// <summary>One language's phrases, as written and without marks.</summary>
    private sealed record Language(Dictionary<string, (string Concept, string Value)> Exact, Dictionary<string, (string Concept, string Value)> Plain);

    private const string Number = @"\d+(?:[.,]\d+)?";

    [GeneratedRegex(
        $@"#[0-9a-f]{{3,8}}\b|{Number}\s*(?:[:/x]\s*{Number}|(?:%|°|px\b|pixels?\b|pixeles\b|x\b|times\b|degrees?\b|deg\b|percent\b|grados?\b|veces\b|por ciento\b|pha\u0302\u0300n tra\u0306m\b|phan tram\b|d\u0335?o\u0302\u0323\b|do\b|la\u0302\u0300n\b|lan\b))?|[a-z][a-z\u0300-\u036f]*(?:'[a-z]+)?|[,;.&\n+!?]",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Tokens();

    [GeneratedRegex($@"^(?<a>{Number})\s*(?:(?<sign>[:/x])\s*(?<b>{Number})|(?<unit>.*))?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Measure();
}
