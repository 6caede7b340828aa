using System.Collections.Frozen;

namespace PhotoStudio.Core.Prompts;

/// <summary>
/// Puts Vietnamese units into the order of English. What narrows a noun follows it in Vietnamese, adjectives and nouns alike, and goes
/// before it in English; classifiers fall away; times without a preposition get one.
/// </summary>
internal static class VietnameseGrammar
{
    private static readonly FrozenDictionary<string, string> Times = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sunset"] = "at sunset", ["sunrise"] = "at sunrise", ["dawn"] = "at dawn", ["dusk"] = "at dusk", ["noon"] = "at noon",
        ["midnight"] = "at midnight", ["night"] = "at night", ["moonlit night"] = "on a moonlit night", ["starry night"] = "on a starry night",
        ["morning"] = "in the morning", ["early morning"] = "in the early morning", ["afternoon"] = "in the afternoon",
        ["late afternoon"] = "in the late afternoon", ["evening"] = "in the evening", ["daytime"] = "in the daytime",
        ["spring"] = "in spring", ["summer"] = "in summer", ["autumn"] = "in autumn", ["winter"] = "in winter",
        ["golden hour"] = "at golden hour", ["blue hour"] = "at blue hour",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Depictions = new[]
    {
        "photo", "photograph", "portrait", "portrait photo", "painting", "drawing", "sketch", "illustration", "picture", "image", "scene", "view",
        "panorama", "watercolor painting", "oil painting", "close-up", "caricature", "statue", "scenery", "story", "aerial view", "cartoon",
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
            else if (unit is { Class: WordClass.Preposition, English: "in" or "at" or "into" } && at + 1 < units.Count && Times.TryGetValue(units[at + 1].English, out var time))
            {
                sentence.Add(time);
                at += 2;
            }
            else if (StartsNounPhrase(units, at))
            {
                at = WriteNounPhrase(units, at, sentence);
            }
            else
            {
                sentence.Add(unit.English);
                at++;
            }
        }

        return sentence.ToString();
    }

    private static bool StartsNounPhrase(IReadOnlyList<TranslationUnit> units, int at)
    {
        for (var i = at; i < units.Count; i++)
        {
            if (units[i].Class == WordClass.Noun) return true;
            if (units[i].Class == WordClass.Classifier && units[i].English.Length > 0) return true;
            if (units[i].Class is not (WordClass.Determiner or WordClass.Number or WordClass.Classifier)) return false;
        }

        return false;
    }

    private static int WriteNounPhrase(IReadOnlyList<TranslationUnit> units, int at, EnglishSentence sentence)
    {
        var phrase = new NounPhrase();
        for (; at < units.Count && units[at].Class is WordClass.Determiner or WordClass.Number or WordClass.Classifier; at++)
        {
            var unit = units[at];
            if (unit.Class == WordClass.Number)
            {
                phrase.Number = phrase.Number is null ? unit.English : $"{phrase.Number} {unit.English}";
                phrase.Plural |= unit.English is not ("one" or "1" or "half");
            }
            else if (unit.Class == WordClass.Determiner)
            {
                phrase.Determiner = phrase.Determiner is null ? unit.English : $"{phrase.Determiner} {unit.English}";
                phrase.Plural |= unit.English is "some" or "many" or "a few" or "few" or "all";
            }
            else if (at + 1 < units.Count && units[at + 1].Class is WordClass.Noun)
            {
                if (unit.English.EndsWith(" of", StringComparison.Ordinal)) phrase.Measure = unit.English;
            }
            else
            {
                // A classifier that stands alone is the thing itself: "cô" is a girl, "cây" a tree.
                phrase.Head = unit with { Class = WordClass.Noun, English = unit.English.Replace(" of", "", StringComparison.Ordinal) };
                at++;
                break;
            }
        }

        if (phrase.Head is null)
        {
            if (at >= units.Count) return at;
            phrase.Head = units[at++];
        }

        var head = phrase.Head;
        string? joint = null;
        while (at < units.Count && joint is null)
        {
            var next = units[at];
            if (Adjective(units, at, out var end) is { } adjective)
            {
                phrase.After(adjective);
                at = end;
            }
            else if (next is { Class: WordClass.Conjunction or WordClass.Preposition, English: "and" or "or" }
                && phrase.HasAdjectiveAfter
                && Adjective(units, at + 1, out end) is { } second)
            {
                phrase.Join(next.English, second);
                at = end;
            }
            else if (next is { Class: WordClass.Determiner, English: "this" or "that" or "other" })
            {
                phrase.Determiner = next.English;
                at++;
            }
            else if (next.Class != WordClass.Noun)
            {
                break;
            }
            else if (Times.TryGetValue(next.English, out var time) && !Times.ContainsKey(head.English) && head.Group != "style")
            {
                phrase.WriteTo(sentence);
                sentence.Add(time);
                return at + 1;
            }
            else
            {
                joint = Joint(head, next);
                if (joint is not null) break;

                // "bức tranh sơn dầu": an oil painting, not an oil painting painting.
                if (next.English.EndsWith(head.English, StringComparison.Ordinal)) phrase.Head = next;
                else phrase.Modify(next.English);
                at++;
            }
        }

        phrase.WriteTo(sentence);
        if (joint is null) return at;
        sentence.Add(joint);
        return WriteNounPhrase(units, at, sentence);
    }

    // What stands between two nouns in English where the second is no part of the first one's name.
    private static string? Joint(TranslationUnit head, TranslationUnit next)
    {
        if (Depictions.Contains(head.English) || head.English.EndsWith("painting", StringComparison.Ordinal)) return next.Group == "style" ? null : "of";
        if (head.Group is not ("people" or "animals")) return null;
        return next.Group switch
        {
            "clothes" => "in",
            "body" => "with",
            _ => null,
        };
    }

    private static string? Adjective(IReadOnlyList<TranslationUnit> units, int at, out int end)
    {
        end = at;
        var degree = "";
        if (at < units.Count && units[at] is { Class: WordClass.Adverb, English: "very" or "too" or "extremely" or "super" or "slightly" or "quite" or "really" } adverb)
        {
            (degree, at) = (adverb.English + " ", at + 1);
        }

        if (at >= units.Count || units[at].Class != WordClass.Adjective) return null;
        var adjective = units[at].English;
        end = at + 1;
        if (degree.Length == 0 && end < units.Count && units[end] is { Class: WordClass.Adverb, English: "very" or "too" or "extremely" } after)
        {
            (degree, end) = (after.English + " ", end + 1);
        }

        return degree + adjective;
    }
}
