using System.Collections.Concurrent;

namespace PhotoStudio.Core.Prompts;

/// <summary>What is added to a prompt: what it leaves open, in terms that suit its subject and contradict nothing it says.</summary>
internal static class PromptAdditions
{
    private const char Blank = ' ';

    // Taken apart once; only what the terms themselves bring gets here.
    private static readonly ConcurrentDictionary<string, Part[]> Parts = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string[]> Negatives = new(StringComparer.Ordinal);

    /// <summary>What to add to what is wanted, in order.</summary>
    public static IReadOnlyList<string> For(
        PromptAnalysis analysis, MediumTerms medium, StyleTerms style, IReadOnlyList<string> ruledOut, int room)
    {
        var subject = analysis.Subject;
        var taken = ConflictResolver.SidesOf(analysis.Words).ToHashSet();
        var monochrome = taken.Contains(("color", 0));
        var added = new List<string>();
        if (style.Phrase is not null) Add(style.Phrase);
        else if (analysis.Media.Count == 0) Add(medium.Phrase);

        if (!analysis.Facets.Contains("light"))
        {
            if (monochrome) Add("rich tonal contrast");
            else if (analysis.Moments.Count > 0) Add(analysis.Moments[0].Light);
            else if (medium.Name is not ("vector" or "pixel art")) Add(subject?.Light ?? "natural light");
        }

        if (medium.Lens && !analysis.Facets.Contains("lens") && !analysis.Facets.Contains("composition")) Add(subject?.Lens ?? "");
        if (!analysis.Facets.Contains("composition")) Add(subject?.Composition ?? "balanced composition");
        if (!analysis.Facets.Contains("quality")) Add(medium.Quality);
        return added;

        void Add(string phrase)
        {
            if (phrase.Length == 0 || phrase.Length + 2 > room) return;
            foreach (var part in (phrase == style.Phrase ? PartsOf(phrase) : Parts.GetOrAdd(phrase, PartsOf)))
            {
                if (Array.TrueForAll(part.Words, word => Array.IndexOf(analysis.Words, word) >= 0)) continue;
                if (Array.Exists(part.Sides, side => taken.Contains((side.Conflict, 1 - side.Side)))) continue;
                if (ruledOut.Any(term => Overlaps(part.Words, term))) continue;
                added.Add(part.Text);
                room -= part.Text.Length + 2;
            }
        }
    }

    /// <summary>What must not be seen: what the person ruled out first, then what lost a contradiction, then what spoils such pictures.</summary>
    public static IEnumerable<string> Negative(
        PromptAnalysis analysis, MediumTerms medium, IReadOnlyList<string> ruledOut, IReadOnlyList<PromptConflict> conflicts)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var term in ruledOut.Concat(conflicts.Where(conflict => conflict.Name != "style").Select(conflict => conflict.Dropped)))
        {
            if (seen.Add(term)) yield return term;
        }

        foreach (var term in medium.Negative.Concat(analysis.Subject?.Negative ?? []))
        {
            if (!seen.Add(term) || Array.Exists(Negatives.GetOrAdd(term, text => text.ToLowerInvariant().Split(Blank)), word => Array.IndexOf(analysis.Words, word) >= 0)) continue;
            yield return term;
        }
    }

    private static Part[] PartsOf(string phrase) =>
        [.. phrase.Split(", ").Select(text => text.ToLowerInvariant().Split(' ') is var words ? new Part(text, words, [.. ConflictResolver.SidesOf(words)]) : null!)];

    private static bool Overlaps(string[] words, string term) =>
        term.ToLowerInvariant().Split(' ').Any(word => word.Length > 3 && words.Any(own => own.StartsWith(word.TrimEnd('s'), StringComparison.Ordinal)));

    private sealed record Part(string Text, string[] Words, (string Conflict, int Side)[] Sides);
}
