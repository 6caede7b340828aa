namespace PhotoStudio.Core.Prompts;

/// <summary>
/// Finds the word behind a Spanish form: plurals (-s, -es, -ces), feminines (-a), diminutives (-ito), superlatives (-ísimo) and adverbs
/// (-mente), by the regular endings of Spanish morphology.
/// </summary>
internal static class SpanishForms
{
    // Longer than any word of the lexicon with its ending.
    private const int Longest = 40;

    private static readonly (string Ending, string Before, string After)[] Endings =
        [("isimo", "very ", ""), ("isima", "very ", ""), ("cito", "little ", ""), ("cita", "little ", ""), ("ito", "little ", ""), ("ita", "little ", ""), ("mente", "", "ly")];

    /// <summary>The senses of a form and whether it is a plural; none where no rule leads to a word of the lexicon.</summary>
    public static IReadOnlyList<LexiconWord> Find(PromptLexicon lexicon, ReadOnlySpan<char> plainWord, out bool plural)
    {
        plural = false;
        if (plainWord.Length is < 4 or > Longest) return [];
        if (Singular(lexicon, plainWord) is { Count: > 0 } singular) return singular;
        if (plainWord[^1] != 's') return [];

        plural = true;
        if (plainWord.EndsWith("ces") && Base(lexicon, Form(stackalloc char[Longest + 1], plainWord[..^3], 'z')) is { Count: > 0 } ofZ) return ofZ;
        if (Base(lexicon, plainWord[..^1]) is { Count: > 0 } ofVowel) return ofVowel;
        if (plainWord.EndsWith("es") && Base(lexicon, plainWord[..^2]) is { Count: > 0 } ofConsonant) return ofConsonant;
        plural = false;
        return [];
    }

    private static IReadOnlyList<LexiconWord> Base(PromptLexicon lexicon, ReadOnlySpan<char> word) =>
        lexicon.FindPlain(word) is { Count: > 0 } same ? same : Singular(lexicon, word);

    private static IReadOnlyList<LexiconWord> Singular(PromptLexicon lexicon, ReadOnlySpan<char> word)
    {
        if (word.Length < 3) return [];
        Span<char> form = stackalloc char[Longest + 1];
        if (word[^1] == 'a')
        {
            var feminine = Ending(lexicon, word[..^1], 'o', form);
            if (feminine.Count == 0) feminine = lexicon.FindPlain(word[..^1]);
            if (feminine.Count == 0) feminine = Ending(lexicon, word[..^1], 'e', form);
            if (feminine.Count > 0) return feminine;
        }

        foreach (var (ending, before, after) in Endings)
        {
            if (word.Length < ending.Length + 3 || !word.EndsWith(ending)) continue;
            var stem = word[..^ending.Length];
            var senses = Ending(lexicon, stem, 'o', form);
            if (senses.Count == 0) senses = Ending(lexicon, stem, 'a', form);
            if (senses.Count == 0) senses = Ending(lexicon, stem, 'e', form);
            if (senses.Count == 0) senses = lexicon.FindPlain(stem);
            if (senses.Count > 0) return [.. senses.Select(sense => sense with { English = before + sense.English + after, Class = after.Length > 0 ? WordClass.Adverb : sense.Class })];
        }

        return [];
    }

    private static IReadOnlyList<LexiconWord> Ending(PromptLexicon lexicon, ReadOnlySpan<char> stem, char ending, Span<char> form) => lexicon.FindPlain(Form(form, stem, ending));

    private static ReadOnlySpan<char> Form(Span<char> form, ReadOnlySpan<char> stem, char ending)
    {
        stem.CopyTo(form);
        form[stem.Length] = ending;
        return form[..(stem.Length + 1)];
    }
}
