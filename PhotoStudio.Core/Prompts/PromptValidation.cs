using PhotoStudio.Core.Moderation;

namespace PhotoStudio.Core.Prompts;

/// <summary>What is wrong with a prompt, and what would make it better.</summary>
/// <param name="Issues">What stands against using it as it is; none for a valid prompt.</param>
/// <param name="Suggestions">What would make it better.</param>
/// <param name="Length">Its length, in characters.</param>
/// <param name="Tokens">An estimate of how many tokens the text encoder of a diffusion model (CLIP's byte-pair encoding) makes of it.</param>
public sealed record PromptValidation(IReadOnlyList<string> Issues, IReadOnlyList<string> Suggestions, int Length, int Tokens)
{
    /// <summary>What CLIP's text encoder reads; the rest of a longer prompt has less weight or none.</summary>
    public const int TokenWindow = 75;

    /// <summary>Whether nothing stands against it.</summary>
    public bool IsValid => Issues.Count == 0;

    /// <summary>Judges a prompt.</summary>
    /// <param name="prompt">Any text.</param>
    /// <param name="moderation">Judges what it asks for.</param>
    /// <param name="threshold">The score from which it is unsafe, 0–1.</param>
    public static PromptValidation Of(string prompt, IPromptModeration moderation, double threshold)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(moderation);
        var issues = new List<string>();
        var suggestions = new List<string>();
        var words = PromptWord.Split(PromptWord.Clean(prompt.Length > PromptToRefine.MaxLength ? prompt[..PromptToRefine.MaxLength] : prompt));
        var tokens = TokensOf(words);
        if (!words.Exists(word => word.IsWord || word.Kind == PromptWordKind.Quotation)) return new(["The prompt has no words."], ["Say what is to be seen."], prompt.Length, tokens);
        if (prompt.Length > PromptToRefine.MaxLength) issues.Add($"The prompt has {prompt.Length} characters; {PromptToRefine.MaxLength} are possible.");

        var refused = moderation.Judge(prompt).At(threshold);
        if (refused.Count > 0) issues.Add($"The studio makes nothing of this prompt ({string.Join(", ", refused)}).");

        var reading = PromptReading.Of(prompt.Length > PromptToRefine.MaxLength ? prompt[..PromptToRefine.MaxLength] : prompt);
        var (kept, conflicts) = ConflictResolver.Resolve(PromptText.Of(reading.Wanted));
        issues.AddRange(conflicts.Select(conflict => $"'{conflict.Kept}' and '{conflict.Dropped}' contradict each other ({conflict.Name})."));
        if (words.Count(word => word.Text == "(") != words.Count(word => word.Text == ")")) issues.Add("A parenthesis has no partner.");
        if (reading.Wanted.Length == 0) issues.Add("The prompt only says what must not be seen.");

        if (tokens > TokenWindow) suggestions.Add($"About {tokens} tokens: an image model reads the first {TokenWindow} best. Put what matters most first, or say it shorter.");
        var analysis = PromptAnalysis.Of(kept);
        if (reading.RuledOut.Count > 0) suggestions.Add($"Put what must not be seen into negative_prompt: {string.Join(", ", reading.RuledOut)}.");
        if (analysis.Subject is null) suggestions.Add("Name the subject: a person, an animal, a place or a thing.");
        if (kept.Words.Count(word => word.IsWord) < 4) suggestions.Add("Say more: what it looks like, where it is, at what time.");
        if (analysis.Media.Count == 0) suggestions.Add("Name a style: photograph, watercolor, anime, 3D render, …");
        if (!analysis.Facets.Contains("light") && analysis.Moments.Count == 0) suggestions.Add("Say what the light is like: golden hour, soft window light, neon, …");
        if (!analysis.Facets.Contains("composition") && !analysis.Facets.Contains("lens")) suggestions.Add("Say how it is framed: close-up, wide shot, from above, …");
        if (reading.Untranslated.Count > 0) suggestions.Add($"Without a translation, used as they are: {string.Join(", ", reading.Untranslated.Take(10))}.");
        return new(issues, suggestions, prompt.Length, tokens);
    }

    /// <summary>An estimate of a text's tokens: byte-pair encodings keep frequent short words whole and split long and accented ones.</summary>
    internal static int TokensOf(IReadOnlyList<PromptWord> words)
    {
        var tokens = 0;
        foreach (var word in words)
        {
            if (word.Kind == PromptWordKind.Mark) tokens++;
            else if (word.IsNumber) tokens += word.Text.Length;
            else tokens += word.Text.All(char.IsAscii) ? 1 + (Math.Max(0, word.Text.Length - 8) / 4) : Math.Max(1, (word.Text.Length + 1) / 2);
        }

        return tokens;
    }
}
