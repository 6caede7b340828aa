namespace PhotoStudio.Core.Prompts;

/// <summary>
/// Finds what cannot both be (night and daylight, black and white and vivid colours) and leaves out what the prompt says later. "From day
/// to night", "half summer, half winter" and the like are meant as they are said.
/// </summary>
internal static class ConflictResolver
{
    private const int Near = 4;

    /// <summary>The words that stay, and the conflicts among those that came.</summary>
    public static (PromptText Text, IReadOnlyList<PromptConflict> Conflicts) Resolve(PromptText text)
    {
        var (words, folded) = (text.Words, text.Folded);
        var hits = new List<Hit>();
        for (var at = 0; at < folded.Length;)
        {
            var sides = PromptTerms.MatchConflict(folded, at, out var length);
            foreach (var (name, side) in sides) hits.Add(new Hit(name, side, at, at + length));
            at += Math.Max(1, length);
        }

        if (hits.Count < 2) return (text, []);
        var conflicts = new List<PromptConflict>();
        var dropped = new HashSet<int>();
        foreach (var group in hits.GroupBy(hit => hit.Name))
        {
            var kept = group.First();
            foreach (var other in group.Where(hit => hit.Side != kept.Side))
            {
                if (IsMeant(folded, kept, other)) continue;
                conflicts.Add(new PromptConflict(kept.Name, Text(words, kept), Text(words, other)));
                for (var i = Leading(folded, other.Start); i < other.End; i++) dropped.Add(i);
            }
        }

        if (dropped.Count == 0) return (text, []);
        var left = new List<int>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            if (dropped.Contains(i)) continue;
            if (words[i].Text == "," && (left.Count == 0 || words[left[^1]].Text == ",")) continue;
            left.Add(i);
        }

        if (left.Count > 0 && words[left[^1]].Text == ",") left.RemoveAt(left.Count - 1);
        return (text.Only(left), conflicts);
    }

    /// <summary>The sides that a text takes, by conflict.</summary>
    public static IEnumerable<(string Conflict, int Side)> SidesOf(string[] folded)
    {
        for (var at = 0; at < folded.Length;)
        {
            var sides = PromptTerms.MatchConflict(folded, at, out var length);
            foreach (var side in sides) yield return side;
            at += Math.Max(1, length);
        }
    }

    private static bool IsMeant(string[] words, Hit one, Hit other)
    {
        var from = Math.Min(one.End, other.End);
        var to = Math.Max(one.Start, other.Start);
        if (to - from <= Near)
        {
            for (var i = from; i < to; i++)
            {
                if (words[i] is "and" or "to" or "vs" or "versus" or "into" or "between" or "or" or "meets" or "turning" or "becoming") return true;
            }
        }

        return words.Contains("half") || words.Contains("split") || words.Contains("transition") || words.Contains("contrast") || words.Contains("juxtaposition");
    }

    // "at night" and "with vivid colors" go with their small word.
    private static int Leading(string[] words, int start)
    {
        while (start > 0 && words[start - 1] is "at" or "in" or "with" or "during" or "very" or "of" or "on" or "the") start--;
        return start > 1 && words[start - 1] is "a" or "an" && words[start - 2] is "on" or "in" or "during" or "at" ? Leading(words, start - 1) : start;
    }

    private static string Text(IReadOnlyList<PromptWord> words, Hit hit) => string.Join(' ', words.Skip(hit.Start).Take(hit.End - hit.Start).Select(word => word.Text));

    private sealed record Hit(string Name, int Side, int Start, int End);
}
