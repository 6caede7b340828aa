using System.Collections.Frozen;

namespace PhotoStudio.Core.Prompts;

/// <summary>
/// Translates Spanish and Vietnamese prompts into English for the models that make pictures, by a lexicon of what can be seen and a small
/// grammar of noun phrases. It is no translator of prose: what it does not know stays as it was written, names among it.
/// </summary>
internal static class PromptTranslator
{
    // Frequent words that tell the languages apart; the lexicons do the rest.
    private static readonly FrozenSet<string> EnglishWords = new[]
    {
        "a", "an", "the", "of", "in", "on", "at", "with", "and", "to", "by", "from", "into", "over", "under", "near", "is", "are", "no", "not", "without",
        "wearing", "sitting", "standing", "holding", "very", "some", "two", "three", "at", "style", "background", "light", "lighting", "photo", "portrait",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The language of a prompt: <c>en</c>, <c>vi</c> or <c>es</c>; English where nothing tells.</summary>
    public static string LanguageOf(PromptText text)
    {
        double english = 0.01, spanish = 0, vietnamese = 0;
        var (words, folded, plain, marked) = (text.Words, text.Folded, text.Plain, text.HasMarks);

        for (var at = 0; at < words.Count; at++)
        {
            if (!words[at].IsWord || words[at].IsNumber) continue;
            if (EnglishWords.Contains(folded[at]) || PromptTerms.IsKnown(folded, at)) english++;
            if (folded[at].AsSpan().IndexOfAny('ñ', '¿', '¡') >= 0) spanish += 2;
            else if (Vietnamese(folded[at])) vietnamese += 2;
            if (PromptLexicon.Spanish.Find(folded[at]).Count > 0 || SpanishForms.Find(PromptLexicon.Spanish, plain[at], out _).Count > 0) spanish++;
            PromptLexicon.Vietnamese.Match(folded, plain, at, marked, out var length);
            if (length > 0) vietnamese += length > 1 ? 1.5 : 0.8;
        }

        return english >= spanish && english >= vietnamese ? "en" : spanish >= vietnamese ? "es" : "vi";
    }

    /// <summary>A text in English, and the words that stayed as they were.</summary>
    public static (string English, IReadOnlyList<string> Unknown) Translate(PromptText text, string language)
    {
        var spanish = language == "es";
        var units = TranslationReader.Read(text, spanish ? PromptLexicon.Spanish : PromptLexicon.Vietnamese, spanish);
        var english = spanish ? SpanishGrammar.Write(units) : VietnameseGrammar.Write(units);
        var unknown = units.Where(unit => !unit.Known && unit.English.Length > 1 && unit.English[0] != '"').Select(unit => unit.English).Distinct(StringComparer.Ordinal).ToList();
        return (english, unknown);
    }

    // Letters that only Vietnamese has among the three.
    private static bool Vietnamese(string word)
    {
        foreach (var c in word)
        {
            if (c is 'ă' or 'â' or 'đ' or 'ê' or 'ô' or 'ơ' or 'ư' or 'à' or 'ã' or 'õ' or 'ò' or 'è' or 'ì' or 'ù' || c is >= '\u1EA0' and <= '\u1EF9') return true;
        }

        return false;
    }
}
