using PhotoStudio.Core.Vocabulary;

namespace PhotoStudio.Core.Prompts;

/// <summary>What a word does in a sentence.</summary>
internal enum WordClass
{
    Noun,
    Adjective,
    Verb,
    Classifier,
    Determiner,
    Number,
    Preposition,
    Conjunction,
    Adverb,

    /// <summary>Several words with one translation that stay where they are.</summary>
    Phrase,

    /// <summary>Words that ask for a picture and say nothing about it.</summary>
    Request,
}

/// <summary>A word of the lexicon.</summary>
/// <param name="Group">What it is about: people, animals, city, …</param>
/// <param name="Class">What it does in a sentence.</param>
/// <param name="English">The English for it; empty for words that English leaves out.</param>
internal sealed record LexiconWord(string Group, WordClass Class, string English);

/// <summary>One language's words, from <c>Lexicon/words.*.txt</c>.</summary>
internal sealed class PromptLexicon
{
    private const string Prefix = "PhotoStudio.Core.Prompts.Lexicon.words.";
    private readonly PhraseTable<LexiconWord> _exact = new();
    private readonly PhraseTable<LexiconWord> _plain = new();

    private PromptLexicon(string language)
    {
        foreach (var (phrase, word) in Read(language))
        {
            _exact.Add(phrase, word);
            _plain.Add(WordFolding.WithoutMarks(phrase), word);
            if (word.Class == WordClass.Noun) Nouns.Add((phrase, word));
        }
    }

    /// <summary>Spanish.</summary>
    public static PromptLexicon Spanish { get; } = new("es");

    /// <summary>Vietnamese.</summary>
    public static PromptLexicon Vietnamese { get; } = new("vi");

    /// <summary>English words, by the same groups; they translate to themselves.</summary>
    public static PromptLexicon English { get; } = new("en");

    /// <summary>Its nouns.</summary>
    public List<(string Phrase, LexiconWord Word)> Nouns { get; } = [];

    /// <summary>The meanings of the longest phrase at a word.</summary>
    /// <param name="words">Words in lower case, marks composed.</param>
    /// <param name="plainWords">The same without marks.</param>
    /// <param name="at">Where to look.</param>
    /// <param name="asWritten">Whether missing marks are not made up for.</param>
    /// <param name="length">How many words the phrase has; 0 for none.</param>
    public IReadOnlyList<LexiconWord> Match(
        string[] words, string[] plainWords, int at, bool asWritten, out int length)
    {
        var exact = _exact.Match(words, at, out length);
        if (asWritten) return exact;
        var plain = _plain.Match(plainWords, at, out var plainLength);
        if (plainLength <= length) return exact;
        length = plainLength;
        return plain;
    }

    /// <summary>The meanings of a single word as written.</summary>
    public IReadOnlyList<LexiconWord> Find(ReadOnlySpan<char> word) => _exact.Find(word);

    /// <summary>The meanings of a single word, its marks left out or not.</summary>
    public IReadOnlyList<LexiconWord> FindPlain(ReadOnlySpan<char> plainWord) => _plain.Find(plainWord);

    private static IEnumerable<(string Phrase, LexiconWord Word)> Read(string language)
    {
        using var stream = typeof(PromptLexicon).Assembly.GetManifestResourceStream($"{Prefix}{language}.txt")
            ?? throw new InvalidOperationException($"The resource {Prefix}{language}.txt is missing.");
        using var reader = new StreamReader(stream);
        var (group, word) = ("", WordClass.Noun);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[')
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                (group, word) = (line[1..colon], ClassOf(line[(colon + 1)..^1].Trim()));
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var phrase = equals < 0 ? line : line[..equals].Trim();
            yield return (LetterMarks.Compose(phrase), new LexiconWord(group, word, equals < 0 ? phrase : line[(equals + 1)..].Trim()));
        }
    }

    private static WordClass ClassOf(string name) => name switch
    {
        "noun" => WordClass.Noun,
        "adj" => WordClass.Adjective,
        "verb" => WordClass.Verb,
        "classifier" => WordClass.Classifier,
        "det" => WordClass.Determiner,
        "num" => WordClass.Number,
        "prep" => WordClass.Preposition,
        "conj" => WordClass.Conjunction,
        "adv" => WordClass.Adverb,
        "phrase" => WordClass.Phrase,
        "drop" => WordClass.Request,
        _ => throw new InvalidDataException($"The lexicon has no word class '{name}'."),
    };
}
