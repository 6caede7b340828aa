namespace PhotoStudio.Core.Prompts;

/// <summary>
/// Finds the word behind a Spanish form: plurals (-s, -es, -ces), feminines (-a), diminutives (-ito), superlatives (-ísimo) and adverbs
/// (-mente), by the regular endings of Spanish morphology.
/// </summary>
internal static class SpanishForms
{
    /// <summary>The senses of a form and whether it is a plural; none where no rule leads to a word of the lexicon.</summary>
    public static IReadOnlyList<LexiconWord> Find(PromptLexicon lexicon, string plainWord, out bool plural)
    {
        plural = false;
        if (plainWord.Length < 4) return [];
        if (Singular(lexicon, plainWord) is { Count: > 0 } singular) return singular;

        foreach (var base_ in WithoutPlural(plainWord))
        {
            var senses = lexicon.FindPlain(base_) is { Count: > 0 } same ? same : Singular(lexicon, base_);
            if (senses.Count == 0) continue;
            plural = true;
            return senses;
        }

        return [];
    }

    private static IEnumerable<string> WithoutPlural(string word)
    {
        if (word.EndsWith("ces", StringComparison.Ordinal)) yield return word[..^3] + "z";
        if (word[^1] == 's') yield return word[..^1];
        if (word.EndsWith("es", StringComparison.Ordinal)) yield return word[..^2];
    }

    private static IReadOnlyList<LexiconWord> Singular(PromptLexicon lexicon, string word)
    {
        if (word.Length < 3) return [];
        if (word[^1] == 'a' && FirstOf(lexicon, word[..^1] + "o", word[..^1], word[..^1] + "e") is { Count: > 0 } feminine) return feminine;
        foreach (var (ending, before, after) in ((string, string, string)[])
            [("isimo", "very ", ""), ("isima", "very ", ""), ("cito", "little ", ""), ("cita", "little ", ""), ("ito", "little ", ""), ("ita", "little ", ""), ("mente", "", "ly")])
        {
            if (!word.EndsWith(ending, StringComparison.Ordinal) || word.Length < ending.Length + 3) continue;
            var stem = word[..^ending.Length];
            var senses = FirstOf(lexicon, stem + "o", stem + "a", stem + "e", stem);
            if (senses.Count > 0) return [.. senses.Select(sense => sense with { English = before + sense.English + after, Class = after.Length > 0 ? WordClass.Adverb : sense.Class })];
        }

        return [];
    }

    private static IReadOnlyList<LexiconWord> FirstOf(PromptLexicon lexicon, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (lexicon.FindPlain(word) is { Count: > 0 } senses) return senses;
        }

        return [];
    }
}
