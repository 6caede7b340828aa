namespace PhotoStudio.Core.Prompts;

/// <summary>A piece of a prompt on its way into English: a phrase of the lexicon, a word that is kept, or a mark.</summary>
/// <param name="Class">What it does in the sentence; null for marks.</param>
/// <param name="Group">What it is about; empty for what the lexicon does not have.</param>
/// <param name="English">What stands for it.</param>
internal sealed record TranslationUnit(WordClass? Class, string Group, string English)
{
    /// <summary>Whether it is more than one of its kind.</summary>
    public bool Plural { get; init; }

    /// <summary>Whether the lexicon has it.</summary>
    public bool Known { get; init; } = true;

    public static TranslationUnit Mark(string text) => new(null, "", text);

    /// <summary>A name, a number or a word that is not known: kept as it is, and taken for a noun.</summary>
    public static TranslationUnit Kept(string text, bool isNumber) => new(isNumber ? WordClass.Number : WordClass.Noun, "", text) { Known = isNumber };
}
