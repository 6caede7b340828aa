namespace PhotoStudio.Core.Vocabulary;

/// <summary>What a word or phrase of the vocabulary stands for.</summary>
internal enum WordKind
{
    Thing,
    Color,
    Tone,
    Style,
    Number,
    Negation,
    Break,
    Passing,
}

/// <summary>A word's meaning.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Concept">The concept, or a number's digits.</param>
/// <param name="Plural">Whether it was a plural.</param>
internal sealed record WordMeaning(WordKind Kind, string Concept, bool Plural = false);

/// <summary>One language's words for look-up: as written first, then without marks.</summary>
internal sealed class LanguageWords
{
    /// <summary>The most words a phrase has.</summary>
    public const int LongestPhrase = 4;

    private readonly Dictionary<string, WordMeaning> exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WordMeaning> plain = new(StringComparer.Ordinal);

    public LanguageWords(VocabularyFile file)
    {
        Language = file.Language;
        Add(file.Things, WordKind.Thing);
        Add(file.Colors, WordKind.Color);
        Add(file.Tones, WordKind.Tone);
        Add(file.Styles, WordKind.Style);
        Add(file.Numbers, WordKind.Number);
        Add(new() { [""] = file.Negations }, WordKind.Negation);
        Add(new() { [""] = file.Breaks }, WordKind.Break);
        Add(new() { [""] = file.Passing }, WordKind.Passing);
        Add(new() { [""] = file.Technical }, WordKind.Passing);

        // Without marks many words fall together. Small words are the most frequent, colours the next.
        foreach (var kind in (WordKind[])[WordKind.Negation, WordKind.Passing, WordKind.Color])
        {
            foreach (var (phrase, meaning) in exact.Where(entry => entry.Value.Kind == kind)) plain.TryAdd(WordFolding.WithoutMarks(phrase), meaning);
        }

        foreach (var (phrase, meaning) in exact) plain.TryAdd(WordFolding.WithoutMarks(phrase), meaning);
    }

    /// <summary>The language.</summary>
    public string Language { get; }

    /// <summary>The meaning of a phrase, singular or plural.</summary>
    /// <param name="phrase">Words in lower case, separated by single blanks.</param>
    /// <param name="asWritten">Whether missing marks are not made up for.</param>
    public WordMeaning? Find(string phrase, bool asWritten = false)
    {
        if (exact.TryGetValue(phrase, out var meaning)) return meaning;
        if (Singulars(phrase).Select(one => exact.GetValueOrDefault(one)).FirstOrDefault(found => found is not null) is { } many)
            return many with { Plural = true };
        if (asWritten || Language == "en") return null;
        var folded = WordFolding.WithoutMarks(phrase);

        // Marks that are there are meant: "mây" is never "may".
        if (folded != phrase) return null;
        if (plain.TryGetValue(folded, out meaning)) return meaning;
        return Singulars(folded).Select(one => plain.GetValueOrDefault(one)).FirstOrDefault(found => found is not null) is { } several
            ? several with { Plural = true }
            : null;
    }

    private IEnumerable<string> Singulars(string phrase)
    {
        if (Language == "vi" || phrase.Length < 4) yield break;
        if (phrase.EndsWith("ies", StringComparison.Ordinal) && Language == "en") yield return phrase[..^3] + "y";
        if (phrase.EndsWith("ves", StringComparison.Ordinal) && Language == "en") yield return phrase[..^3] + "f";
        if (phrase.EndsWith("ces", StringComparison.Ordinal) && Language == "es") yield return phrase[..^3] + "z";
        if (phrase.EndsWith('s')) yield return phrase[..^1];
        if (phrase.EndsWith("es", StringComparison.Ordinal)) yield return phrase[..^2];

        // Spanish plurals lose the mark of the last syllable: volcán, volcanes.
        if (Language == "es" && phrase.EndsWith("ones", StringComparison.Ordinal)) yield return phrase[..^4] + "ón";
        if (Language == "es" && phrase.EndsWith("anes", StringComparison.Ordinal)) yield return phrase[..^4] + "án";
        if (Language == "es" && phrase.EndsWith("as", StringComparison.Ordinal)) yield return phrase[..^2] + "o";
    }

    private void Add(Dictionary<string, string[]> entries, WordKind kind)
    {
        foreach (var (concept, words) in entries)
        {
            foreach (var word in words) exact.TryAdd(string.Join(' ', WordFolding.Words(word)), new(kind, concept));
        }
    }
}
