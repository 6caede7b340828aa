namespace PhotoStudio.Core.Prompts;

/// <summary>Reads the words of a Spanish or Vietnamese prompt by the lexicon, into units that a grammar puts in order.</summary>
internal static class TranslationReader
{
    /// <summary>The units of a run of words; words that only ask for a picture are left out.</summary>
    /// <param name="text">The words.</param>
    /// <param name="lexicon">The language's words.</param>
    /// <param name="inflected">Whether nouns and adjectives have forms for number and gender (Spanish).</param>
    public static List<TranslationUnit> Read(PromptText text, PromptLexicon lexicon, bool inflected)
    {
        var words = text.Words;
        var asWritten = !inflected && text.HasMarks;
        var candidates = new List<Candidate>(words.Count);
        for (var at = 0; at < words.Count;)
        {
            var word = words[at];
            if (!word.IsWord || word.IsNumber)
            {
                candidates.Add(new Candidate([], word, false));
                at++;
                continue;
            }

            // Who writes a Vietnamese text with some marks means what is written; who writes none leaves all of them out.
            var senses = lexicon.Match(text.Folded, text.Plain, at, asWritten, out var length);
            var plural = false;
            if (length == 0 && inflected) senses = SpanishForms.Find(lexicon, text.Plain[at], out plural);
            candidates.Add(new Candidate(senses, word, plural));
            at += Math.Max(1, length);
        }

        return Choose(candidates);
    }

    private static List<TranslationUnit> Choose(List<Candidate> candidates)
    {
        var units = new List<TranslationUnit>(candidates.Count);
        for (var i = 0; i < candidates.Count; i++)
        {
            var (senses, word, plural) = candidates[i];
            if (senses.Count == 0)
            {
                units.Add(word.Kind == PromptWordKind.Mark ? TranslationUnit.Mark(word.Text) : TranslationUnit.Kept(word.Text, word.IsNumber));
                continue;
            }

            var sense = senses.Count == 1 ? senses[0] : Sense(senses, units.Count > 0 ? units[^1] : null, i + 1 < candidates.Count ? candidates[i + 1] : null);
            if (sense.Class == WordClass.Request && sense.English.Length == 0) continue;
            units.Add(new TranslationUnit(sense.Class, sense.Group, sense.English) { Plural = plural });
        }

        return units;
    }

    private static LexiconWord Sense(IReadOnlyList<LexiconWord> senses, TranslationUnit? before, Candidate? after)
    {
        var nounFollows = after?.Senses.Any(sense => sense.Class is WordClass.Noun or WordClass.Classifier) ?? false;
        return Of(WordClass.Classifier, nounFollows)
            ?? Of(WordClass.Number, nounFollows)
            ?? Of(WordClass.Preposition, nounFollows || (after?.Senses.Any(sense => sense.Class is WordClass.Determiner) ?? false))
            ?? Of(WordClass.Adjective, before?.Class is WordClass.Noun or WordClass.Adverb)
            ?? Of(WordClass.Noun, before?.Class is WordClass.Determiner or WordClass.Number or WordClass.Preposition or WordClass.Classifier)
            ?? senses[0];

        LexiconWord? Of(WordClass wanted, bool fits) => fits ? senses.FirstOrDefault(sense => sense.Class == wanted) : null;
    }

    private sealed record Candidate(IReadOnlyList<LexiconWord> Senses, PromptWord Word, bool Plural);
}
