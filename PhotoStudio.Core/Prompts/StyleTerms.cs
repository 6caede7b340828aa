namespace PhotoStudio.Core.Prompts;

/// <summary>A style that was chosen beside the prompt.</summary>
/// <param name="Medium">The medium it is; null for one that the terms do not have.</param>
/// <param name="Phrase">What to add for it; null for nothing.</param>
internal sealed record StyleTerms(MediumTerms? Medium, string? Phrase)
{
    private const int LongestName = 60;

    public static StyleTerms None { get; } = new(null, null);

    /// <summary>Reads a style's name, such as <c>digital-art</c> or <c>Oil painting</c>.</summary>
    public static StyleTerms Of(string? style)
    {
        if (string.IsNullOrWhiteSpace(style)) return None;
        var name = PromptWord.Clean(style.Length > LongestName ? style[..LongestName] : style).Replace('-', ' ').Replace('_', ' ').ToLowerInvariant();
        if (name is "auto" or "none" or "default" or "") return None;
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var medium in PromptTerms.Enrichment.Media)
        {
            if (!medium.Words.Any(word => word.Replace('-', ' ') == name) && medium.Name != name) continue;
            return new(medium, medium.Words[0] == name || medium.Phrase.Contains(name, StringComparison.Ordinal) ? medium.Phrase : $"{name}, {medium.Phrase}");
        }

        return new(null, words.Contains("style") ? name : $"{name} style");
    }
}
