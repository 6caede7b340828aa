using System.Collections.Frozen;

namespace PhotoStudio.Core.Prompts;

/// <summary>Puts Spanish units into the order of English: adjectives before their noun, "de" between nouns as "of".</summary>
internal static class SpanishGrammar
{
    // What English stands or lies on, where Spanish is content with "en".
    private static readonly FrozenSet<string> Surfaces = new[]
    {
        "sofa", "table", "bed", "chair", "armchair", "beach", "roof", "rooftop", "street", "wall", "hill", "mountain", "island", "bench", "floor", "horse", "bicycle",
        "bike", "motorcycle", "rug", "lawn", "balcony", "terrace", "bridge", "road", "branch", "desk", "shelf", "plate", "cliff", "shore", "coast", "sea", "ground", "stage",
        "path", "farm", "train", "boat", "ship", "summit", "swing", "hammock", "wooden table", "trail", "pier", "pavement",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The English sentence.</summary>
    public static string Write(IReadOnlyList<TranslationUnit> units)
    {
        var sentence = new EnglishSentence();
        for (var at = 0; at < units.Count;)
        {
            var unit = units[at];
            if (unit.Class is null)
            {
                sentence.Mark(unit.English);
                at++;
            }
            else if (StartsNounPhrase(units, at))
            {
                at = WriteNounPhrase(units, at, sentence);
            }
            else
            {
                // "mirando al mar": the verb has its preposition in English already.
                var twice = unit.Class == WordClass.Preposition && unit.English is "to" or "to the" or "of" or "of the" && EndsInPreposition(sentence.Last);
                if (!twice) sentence.Add(unit is { Class: WordClass.Preposition, English: "in" } && IsSurface(units, at + 1) ? "on" : unit.English);
                else if (unit.English.EndsWith(" the", StringComparison.Ordinal)) sentence.Add("the");
                at++;
            }
        }

        return sentence.ToString();
    }

    private static bool IsSurface(IReadOnlyList<TranslationUnit> units, int at)
    {
        while (at < units.Count && units[at].Class is WordClass.Determiner or WordClass.Number or WordClass.Adjective) at++;
        return at < units.Count && units[at].Class == WordClass.Noun && Surfaces.Contains(units[at].English);
    }

    private static bool EndsInPreposition(string written) =>
        written.EndsWith(" at", StringComparison.Ordinal) || written.EndsWith(" of", StringComparison.Ordinal) || written.EndsWith(" to", StringComparison.Ordinal);

    private static bool StartsNounPhrase(IReadOnlyList<TranslationUnit> units, int at)
    {
        for (var i = at; i < units.Count; i++)
        {
            if (units[i].Class == WordClass.Noun) return true;
            if (units[i].Class is not (WordClass.Determiner or WordClass.Number or WordClass.Adjective)) return false;
        }

        return false;
    }

    private static int WriteNounPhrase(IReadOnlyList<TranslationUnit> units, int at, EnglishSentence sentence)
    {
        var phrase = new NounPhrase();
        for (; units[at].Class != WordClass.Noun; at++)
        {
            var unit = units[at];
            switch (unit.Class)
            {
                case WordClass.Number:
                    phrase.Number = phrase.Number is null ? unit.English : $"{phrase.Number} {unit.English}";
                    phrase.Plural |= unit.English is not ("one" or "1" or "half" or "first" or "second" or "third");
                    break;
                case WordClass.Determiner:
                    phrase.Determiner = phrase.Determiner is null ? unit.English : $"{phrase.Determiner} {unit.English}";
                    phrase.Plural |= unit.English is "several" or "many" or "few" or "both" or "these" or "those";
                    break;
                default:
                    phrase.Before(unit.English);
                    break;
            }
        }

        phrase.Head = units[at++];

        // "estilo acuarela", "estilo Van Gogh": the name comes first in English.
        if (phrase.Head.English == "style")
        {
            var names = new List<string>();
            for (; at < units.Count && units[at].Class == WordClass.Noun; at++) names.Add(units[at].English);
            if (names.Count > 0) phrase.Modify(string.Join(' ', names));
        }

        at = ReadAdjectives(units, at, phrase);
        phrase.WriteTo(sentence);
        return at;
    }

    private static int ReadAdjectives(IReadOnlyList<TranslationUnit> units, int at, NounPhrase phrase)
    {
        while (at < units.Count)
        {
            if (Adjective(units, at, out var end) is { } adjective)
            {
                phrase.After(adjective);
                at = end;
            }
            else if (units[at] is { Class: WordClass.Conjunction, English: "and" or "or" } joint
                && phrase.HasAdjectiveAfter
                && Adjective(units, at + 1, out end) is { } second
                && (end >= units.Count || units[end].Class != WordClass.Noun))
            {
                phrase.Join(joint.English, second);
                at = end;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static string? Adjective(IReadOnlyList<TranslationUnit> units, int at, out int end)
    {
        end = at;
        var degree = "";
        if (at < units.Count && units[at] is { Class: WordClass.Adverb, English: "very" or "more" or "quite" or "extremely" or "super" or "ultra" or "too" } adverb)
        {
            (degree, at) = (adverb.English + " ", at + 1);
        }

        if (at >= units.Count || units[at].Class != WordClass.Adjective) return null;
        end = at + 1;
        return degree + units[at].English;
    }
}
