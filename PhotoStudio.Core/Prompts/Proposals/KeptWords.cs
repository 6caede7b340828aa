namespace PhotoStudio.Core.Prompts.Proposals;

/// <summary>The words of a prompt that no refinement may lose: numbers, names, and the nouns of English prompts.</summary>
internal static class KeptWords
{
    private const int Most = 60;

    /// <summary>The words to keep of a prompt.</summary>
    /// <param name="prompt">The prompt as it came.</param>
    /// <param name="rules">What the rules make of it; what they ruled out or dropped need not stay.</param>
    public static IReadOnlyList<string> Of(string prompt, PromptRefinement rules)
    {
        var kept = new List<string>();
        var gone = string.Join(' ', rules.RuledOut.Concat(rules.Conflicts.Select(conflict => conflict.Dropped)));
        var words = PromptText.Of(PromptWord.Clean(prompt)).Words;
        var isFirst = true;
        foreach (var word in words)
        {
            if (word.Kind == PromptWordKind.Mark)
            {
                isFirst |= word.Text is "." or "!" or "?" or ":";
                continue;
            }

            var isName = !isFirst && word.Text.Length > 1 && char.IsUpper(word.Text[0]) && word.Text.Any(char.IsLower);
            var isNoun = rules.Language == "en" && PromptTerms.Find(word.Folded).Any(term => term.Kind == TermKind.Noun);
            if ((word.IsNumber || isName || isNoun) && Has(rules.RefinedPrompt, word.Text) && !Has(gone, word.Text) && !kept.Contains(word.Text)) kept.Add(word.Text);
            isFirst = false;
            if (kept.Count == Most) break;
        }

        return kept;
    }

    /// <summary>Which of the words a text has lost, apart from what belongs to something that was dropped.</summary>
    public static IReadOnlyList<string> Lost(IReadOnlyList<string> kept, string text, IReadOnlyList<string> dropped) =>
        [.. kept.Where(word => !Has(text, word) && !dropped.Any(gone => Has(gone, word)))];

    /// <summary>Whether a text has a word or phrase, in any case, and also with another ending (one cat, two cats).</summary>
    public static bool Has(string text, string phrase)
    {
        if (phrase.Length == 0) return true;
        var stem = phrase.Length > 4 && char.IsLetter(phrase[^1]) ? phrase.AsSpan(0, phrase[^1] is 's' or 'y' or 'e' ? phrase.Length - 1 : phrase.Length) : phrase;
        var rest = text.AsSpan();
        while (true)
        {
            var at = rest.IndexOf(stem, StringComparison.OrdinalIgnoreCase);
            if (at < 0) return false;
            var begins = at == 0 || !char.IsLetterOrDigit(rest[at - 1]);
            var end = at + stem.Length;
            var ends = end == rest.Length || !char.IsLetterOrDigit(rest[end]) || (char.IsLetter(phrase[^1]) && Ending(rest[end..]) <= 3);
            if (begins && ends) return true;
            rest = rest[(at + 1)..];
        }
    }

    private static int Ending(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsLetter(text[length])) length++;
        return length < text.Length && char.IsDigit(text[length]) ? int.MaxValue : length;
    }
}
