namespace PhotoStudio.Core.Prompts;

/// <summary>
/// Refines by rules and a lexicon, without a network: puts Vietnamese and Spanish into English, moves what is ruled out into the negative
/// prompt, resolves contradictions, and adds what the prompt leaves open (medium, light, lens, composition, quality) so that it suits the
/// subject. The same words always give the same result.
/// </summary>
public sealed class RuleBasedPromptRefiner : IPromptRefiner
{
    private const string Joint = ", ";

    /// <inheritdoc/>
    public string Method => "rule_based";

    /// <inheritdoc/>
    public string? Missing => null;

    /// <inheritdoc/>
    public ValueTask<PromptRefinement> RefineAsync(PromptToRefine prompt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Refine(prompt));
    }

    /// <summary>Refines a prompt.</summary>
    public static PromptRefinement Refine(PromptToRefine prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var reading = PromptReading.Of(prompt.Prompt);
        var (text, conflicts) = ConflictResolver.Resolve(PromptText.Of(reading.Wanted));
        var wanted = conflicts.Count == 0 ? reading.Wanted : PromptReading.Written(text.Words);
        wanted = wanted.TrimEnd(' ', ',', ';', '.');
        var analysis = PromptAnalysis.Of(text);
        var style = StyleTerms.Of(prompt.Style);
        var medium = analysis.Media.Count > 0 ? analysis.Media[0] : style.Medium;
        if (style.Medium is not null && medium != style.Medium)
        {
            conflicts = [.. conflicts, new PromptConflict("style", medium!.Phrase, prompt.Style!.Trim())];
            style = StyleTerms.None;
        }

        medium ??= PromptTerms.Enrichment.Media.First(terms => terms.Name == (analysis.IsImagined ? "digital art" : "photo"));
        var added = PromptAdditions.For(analysis, medium, style, reading.RuledOut, PromptToRefine.MaxLength - wanted.Length);
        return new PromptRefinement
        {
            OriginalPrompt = prompt.Prompt,
            RefinedPrompt = string.Join(Joint, added.Prepend(wanted).Where(part => part.Length > 0)),
            NegativePrompt = string.Join(Joint, PromptAdditions.Negative(analysis, medium, reading.RuledOut, conflicts)),
            Confidence = ConfidenceIn(analysis, text.Words, reading, conflicts.Count),
            Method = "rule_based",
            Language = reading.Language,
            RuledOut = reading.RuledOut,
            Added = added,
            Conflicts = conflicts,
            Untranslated = reading.Untranslated,
        };
    }

    private static double ConfidenceIn(PromptAnalysis analysis, IReadOnlyList<PromptWord> words, PromptReading reading, int conflicts)
    {
        var content = words.Count(word => word.IsWord && !word.IsNumber && !SmallWords.Contains(word.Folded));
        if (content == 0) return 0.1;
        var known = Math.Min(1, analysis.Known / (double)content);
        var lost = Math.Min(1, reading.Untranslated.Count / (double)content);
        var confidence = 0.3 + (0.45 * known) + (analysis.Subject is null ? 0 : 0.15) + (content >= 3 ? 0.08 : 0) - (0.3 * lost) - (0.1 * conflicts);
        return Math.Round(Math.Clamp(confidence, 0.05, 0.98), 2);
    }

    private static readonly HashSet<string> SmallWords = new(StringComparer.Ordinal)
    {
        "a", "an", "the", "of", "in", "on", "at", "with", "and", "or", "to", "by", "from", "into", "over", "under", "is", "are", "its", "his", "her", "their", "my",
        "your", "some", "that", "this", "as", "for", "near", "next", "behind", "up", "down", "very", "while", "through", "around", "between", "there",
    };
}
