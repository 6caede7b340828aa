using System.Text.RegularExpressions;

namespace PhotoStudio.Core.Styles;

/// <summary>
/// A sentence with <c>{original_prompt}</c>, once, and <c>{style_name}</c>, as often as it likes. What is put in is not read again, so a
/// prompt that holds a placeholder keeps it.
/// </summary>
public static partial class PromptTemplate
{
    /// <summary>The longest template, in characters.</summary>
    public const int MaxLength = 500;

    private const string PromptName = "original_prompt";
    private const string StyleName = "style_name";

    /// <summary>What is wrong with a template, as a sentence; null when nothing is.</summary>
    public static string? Fault(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (template.Length > MaxLength) return $"must have at most {MaxLength} characters.";
        var names = Placeholder().Matches(template).Select(match => match.Groups["name"].Value).ToList();
        if (names.Find(name => name is not (PromptName or StyleName)) is { } unknown)
            return $"has the unknown placeholder {{{unknown}}}. Known: {{{PromptName}}}, {{{StyleName}}}.";
        return names.Count(name => name == PromptName) == 1 ? null : $"must hold {{{PromptName}}} exactly once.";
    }

    /// <summary>The prompt in the template's words.</summary>
    public static string Fill(string template, string styleName, string prompt) =>
        Placeholder().Replace(template, match => match.Groups["name"].Value switch
        {
            PromptName => prompt.Trim(),
            StyleName => styleName,
            _ => match.Value,
        });

    [GeneratedRegex(@"\{(?<name>[A-Za-z_]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
