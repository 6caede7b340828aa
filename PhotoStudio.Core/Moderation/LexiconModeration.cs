using System.Globalization;

namespace PhotoStudio.Core.Moderation;

/// <summary>
/// Judges prompts in English, Vietnamese (with and without its marks) and Spanish by a lexicon of weighted words and phrases, after the
/// usual obfuscations are undone (<see cref="PromptTokens"/>). The scores of a category's terms add up as independent evidence,
/// 1 − Π(1 − weight). Words for children raise anything sexual to the category <see cref="ModerationCategories.Minors"/>. Deterministic and
/// stateless.
/// </summary>
public sealed class LexiconModeration : IPromptModeration
{
    // From how much that is sexual a word for a child matters, and how sure it then is.
    private const double SuggestiveScore = 0.35;
    private const double MinorCertainty = 0.9;
    private const int OldestMinor = 17;

    // One doubled letter makes another word of many: rapping is no raping.
    private const int LeastDoubled = 2;

    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "all", "some", "of", "my", "very", "completely", "totally", "un", "una", "el", "la", "los", "las", "del", "de", "toda",
        "todo", "cai", "con", "cac", "nhung", "mot", "het", "that",
    };

    private static readonly HashSet<string> AgeUnits =
        new(StringComparer.Ordinal) { "year", "years", "yr", "yrs", "yo", "tuoi", "anos" };

    private static readonly PromptJudgement Innocuous = new(ModerationCategories.All.ToDictionary(category => category, _ => 0.0, StringComparer.Ordinal));

    private readonly ModerationLexicon _lexicon = ModerationLexicon.Shared;

    /// <inheritdoc/>
    public PromptJudgement Judge(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var tokens = PromptTokens.Read(prompt);
        var byStart = ByStart(tokens);
        var hits = new List<Hit>();
        for (var place = 0; place < byStart.Length; place++) Collect(byStart, place, place, _lexicon.Root, 0, hits);
        if (hits.Count == 0) return Innocuous;
        var innocent = hits.Where(hit => hit.Meaning.Heading == ModerationLexicon.Innocent).ToList();
        hits.RemoveAll(hit => innocent.Any(phrase => phrase.Start <= hit.Start && phrase.End >= hit.End));

        var scores = ModerationCategories.All.ToDictionary(category => category, _ => 0.0, StringComparer.Ordinal);
        foreach (var hit in Strongest(hits).DistinctBy(hit => hit.Term, StringComparer.Ordinal))
        {
            if (scores.TryGetValue(hit.Meaning.Heading, out var score))
                scores[hit.Meaning.Heading] = 1 - ((1 - score) * (1 - hit.Meaning.Weight));
        }

        var mentionsMinor = hits.Any(hit => hit.Meaning.Heading == ModerationLexicon.Minor) || TellsAge(tokens);
        if (mentionsMinor && scores[ModerationCategories.Sexual] >= SuggestiveScore)
        {
            var sexual = scores[ModerationCategories.Sexual];
            scores[ModerationCategories.Minors] = Math.Max(scores[ModerationCategories.Minors], 1 - ((1 - MinorCertainty) * (1 - sexual)));
        }

        foreach (var category in ModerationCategories.All) scores[category] = Math.Round(scores[category], 3);
        return new(scores);
    }

    // Of terms that overlap within a category the heaviest counts: "school shooting" and not "shooting" as well.
    private static IEnumerable<Hit> Strongest(List<Hit> hits) => hits.Where(hit => !hits.Any(other =>
        !ReferenceEquals(other, hit) && other.Meaning.Heading == hit.Meaning.Heading && other.Start < hit.End && hit.Start < other.End
        && (other.Meaning.Weight > hit.Meaning.Weight
            || (other.Meaning.Weight == hit.Meaning.Weight && other.End - other.Start > hit.End - hit.Start))));

    private static PromptToken[][] ByStart(IReadOnlyList<PromptToken> tokens)
    {
        var places = 0;
        foreach (var token in tokens) places = Math.Max(places, token.Start + 1);
        var byStart = new PromptToken[places][];
        foreach (var token in tokens) byStart[token.Start] = byStart[token.Start] is { } others ? [.. others, token] : [token];
        for (var place = 0; place < places; place++) byStart[place] ??= [];
        return byStart;
    }

    private void Collect(PromptToken[][] byStart, int start, int place, ModerationLexicon.Node node, int skipped, List<Hit> hits)
    {
        if (place >= byStart.Length || node.Next.Count == 0) return;
        foreach (var token in byStart[place])
        {
            foreach (var word in token.Spellings) Follow(token, word);
            if (place == start && MayBeRecovered(token))
            {
                foreach (var word in Recovered(token)) Follow(token, word);
            }

            // One small word may stand between the words of a phrase.
            if (place > start && skipped == 0 && token.End == place + 1 && Fillers.Contains(token.Spellings[0]))
                Collect(byStart, start, token.End, node, skipped + 1, hits);
        }

        void Follow(PromptToken token, string word)
        {
            if (!node.Next.TryGetValue(word, out var next)) return;
            if (next.Meaning is { } meaning) hits.Add(new(start, token.End, next.Term!, meaning));
            Collect(byStart, start, token.End, next, skipped, hits);
        }
    }

    private static bool MayBeRecovered(PromptToken token)
    {
        foreach (var spelling in token.Spellings)
        {
            if (spelling[0] == '=') continue;
            for (var i = 0; i < spelling.Length; i++)
                if (spelling[i] == '*' || (i > 0 && spelling[i] == spelling[i - 1])) return true;
        }

        return false;
    }

    // What takes the lexicon to read: letters that are doubled anywhere, and asterisks.
    private IEnumerable<string> Recovered(PromptToken token)
    {
        foreach (var spelling in token.Spellings)
        {
            if (spelling[0] == '=') continue;
            if (spelling.Contains('*', StringComparison.Ordinal))
            {
                if (spelling.Count(char.IsAsciiLetter) < 2 || spelling.Length < 4) continue;
                foreach (var word in _lexicon.Matching(spelling)) yield return word;
            }
            else
            {
                var squeezed = PromptTokens.Squeezed(spelling, 1, 2);
                if (squeezed.Length == spelling.Length) continue;
                foreach (var word in _lexicon.Squeezed(squeezed).Where(word => spelling.Length - word.Length >= LeastDoubled)) yield return word;
            }
        }
    }

    private static bool TellsAge(IReadOnlyList<PromptToken> tokens)
    {
        var words = tokens.Where(token => token.End == token.Start + 1).OrderBy(token => token.Start).Select(token => token.Spellings[0]).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var digits = words[i].TakeWhile(char.IsAsciiDigit).Count();
            if (digits is 0 or > 2 || int.Parse(words[i].AsSpan(0, digits), CultureInfo.InvariantCulture) is 0 or > OldestMinor) continue;
            if (digits < words[i].Length ? AgeUnits.Contains(words[i][digits..]) : i + 1 < words.Count && AgeUnits.Contains(words[i + 1])) return true;
        }

        return false;
    }

    private sealed record Hit(int Start, int End, string Term, ModerationLexicon.Meaning Meaning);
}
