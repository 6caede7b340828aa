using System.Globalization;
using PhotoStudio.Core.Text;

namespace PhotoStudio.Core.Moderation;

/// <summary>
/// The words that are judged, read from the files in <c>Lexicon/</c>. A heading in brackets says what the terms below it are:
/// <c>[sexual 0.9]</c> a category and a weight, <c>[minor]</c> words for children, <c>[innocent]</c> phrases whose words do not count,
/// <c>[set name]</c> alternatives that <c>{name}</c> stands for in a term. Terms are separated by commas and matched by whole words;
/// <c>=</c> before a term asks for exactly these marks, <c>~</c> after one adds the language's usual endings.
/// </summary>
internal sealed class ModerationLexicon
{
    /// <summary>The heading of words for children.</summary>
    public const string Minor = "minor";

    /// <summary>The heading of phrases whose words do not count.</summary>
    public const string Innocent = "innocent";

    private const string Prefix = "PhotoStudio.Core.Moderation.Lexicon.";

    private static readonly Dictionary<string, string[]> Endings = new(StringComparer.Ordinal)
    {
        ["en"] = ["", "s", "es", "d", "ed", "ing", "er", "ers", "y"],
        ["es"] = ["", "s", "o", "a", "os", "as", "e", "es", "ar", "ado", "ada", "ados", "adas", "ando"],
        ["vi"] = [""],
    };

    private readonly Dictionary<string, List<string>> squeezed = new(StringComparer.Ordinal);

    private ModerationLexicon()
    {
    }

    /// <summary>Every language's lexicon in one: a prompt may mix languages, and what is written says nothing of who wrote it.</summary>
    public static ModerationLexicon Shared { get; } = Load();

    /// <summary>Where every term begins.</summary>
    public Node Root { get; } = new();

    /// <summary>The single words whose letters, repetitions taken out, are these; for words of five letters and more.</summary>
    public IReadOnlyList<string> Squeezed(string word) => word.Length >= 5 && squeezed.TryGetValue(word, out var words) ? words : [];

    /// <summary>The single words of a pattern such as <c>f*ck</c>; an asterisk is one letter.</summary>
    public IEnumerable<string> Matching(string pattern) => Root.Next.Keys.Where(word =>
    {
        if (word.Length != pattern.Length || word[0] == '=') return false;
        for (var i = 0; i < word.Length; i++)
            if (pattern[i] != '*' && pattern[i] != word[i]) return false;
        return true;
    });

    private static ModerationLexicon Load()
    {
        var lexicon = new ModerationLexicon();
        var assembly = typeof(ModerationLexicon).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            lexicon.ReadFile(reader.ReadToEnd(), Endings[name[Prefix.Length..].Split('.')[0]]);
        }

        return lexicon;
    }

    private void ReadFile(string file, string[] endings)
    {
        var sets = new Dictionary<string, string[]>(StringComparer.Ordinal);
        string[] heading = [];
        foreach (var line in file.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#') continue;
            if (line[0] == '[')
            {
                heading = line.Trim('[', ']').Split(' ');
                continue;
            }

            var terms = line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (heading[0] == "set")
            {
                sets[heading[1]] = [.. sets.GetValueOrDefault(heading[1], []), .. terms];
                continue;
            }

            var weight = heading.Length > 1 ? double.Parse(heading[1], CultureInfo.InvariantCulture) : 1;
            foreach (var written in terms.SelectMany(term => Filled(term, sets)).SelectMany(term => Ended(term, endings)))
                Add(written, new(heading[0], weight));
        }
    }

    private static IEnumerable<string> Filled(string term, Dictionary<string, string[]> sets)
    {
        int open = term.IndexOf('{', StringComparison.Ordinal), close = term.IndexOf('}', StringComparison.Ordinal);
        return open < 0
            ? [term]
            : sets[term[(open + 1)..close]].SelectMany(one => Filled(term[..open] + one + term[(close + 1)..], sets));
    }

    private static IEnumerable<string> Ended(string term, string[] endings) =>
        term.EndsWith('~') ? endings.Select(ending => term[..^1] + ending) : [term];

    private void Add(string term, Meaning meaning)
    {
        var exact = term[0] == '=';
        var words = LookAlikes.Spell(exact ? term[1..] : term).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var node = Root;
        foreach (var word in words)
        {
            var edge = exact ? $"={word}" : LookAlikes.WithoutMarks(word);
            if (!node.Next.TryGetValue(edge, out var next)) node.Next[edge] = next = new();
            node = next;
        }

        // The term itself, and the heaviest of its weights, where several files have it.
        if (node.Meaning is null || (node.Meaning.Heading == meaning.Heading && node.Meaning.Weight < meaning.Weight)) node.Meaning = meaning;
        node.Term ??= term;
        if (words.Length != 1 || exact || PromptTokens.Squeezed(words[0], 1, 2) is not { Length: >= 5 } squeezedWord) return;
        if (!squeezed.TryGetValue(squeezedWord, out var known)) squeezed[squeezedWord] = known = [];
        known.Add(LookAlikes.WithoutMarks(words[0]));
    }

    /// <summary>What a term says.</summary>
    /// <param name="Heading">A category, <see cref="Minor"/> or <see cref="Innocent"/>.</param>
    /// <param name="Weight">How much it says so, 0–1.</param>
    internal sealed record Meaning(string Heading, double Weight);

    /// <summary>A word of a term, after the words before it.</summary>
    internal sealed class Node
    {
        /// <summary>The words that may follow.</summary>
        public Dictionary<string, Node> Next { get; } = new(StringComparer.Ordinal);

        /// <summary>What the term says that ends here; null when none does.</summary>
        public Meaning? Meaning { get; set; }

        /// <summary>The term that ends here, as the file has it.</summary>
        public string? Term { get; set; }
    }
}
