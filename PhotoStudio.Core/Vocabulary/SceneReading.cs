namespace PhotoStudio.Core.Vocabulary;

/// <summary>What a prompt says, word by word, in the concepts of the <see cref="SceneVocabulary"/>.</summary>
public sealed record SceneReading
{
    /// <summary>The language most of its words belong to: en, vi or es.</summary>
    public required string Language { get; init; }

    /// <summary>The things it names, in order, without repetition.</summary>
    public IReadOnlyList<string> Things { get; init; } = [];

    /// <summary>The things, colours and styles that must not be seen ("no people", "without clouds").</summary>
    public IReadOnlyList<string> Negated { get; init; } = [];

    /// <summary>How many of a thing, where it says or the word is a plural.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The colour of a thing, where one stands beside it.</summary>
    public IReadOnlyDictionary<string, string> Tints { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The colours of no thing in particular.</summary>
    public IReadOnlyList<string> Colors { get; init; } = [];

    /// <summary>What the colours are like as a whole: pastel, vivid, muted, dark, bright, warm, cool, monochrome, sepia.</summary>
    public IReadOnlyList<string> Tones { get; init; } = [];

    /// <summary>The styles it names, in order.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>The words that the vocabulary does not have, as they were written, without repetition.</summary>
    public IReadOnlyList<string> Unrecognised { get; init; } = [];
}
