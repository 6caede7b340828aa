namespace PhotoStudio.Core.Assistant.Local.Reading;

/// <summary>One wish of a message: a range of its words, and questions about them.</summary>
internal sealed class Clause
{
    private readonly List<ReadWord> words;

    public Clause(MessageText message, IEnumerable<ReadWord> words, string language)
    {
        Message = message;
        Language = language;
        this.words = [.. words];
    }

    /// <summary>The message it is part of.</summary>
    public MessageText Message { get; }

    /// <summary>The language its words were read in.</summary>
    public string Language { get; }

    /// <summary>All its words, those without meaning too.</summary>
    public IReadOnlyList<ReadWord> Words => words;

    /// <summary>Whether it comes after a "then" or a full stop, rather than an "and" or a comma.</summary>
    public bool IsApart { get; init; }

    /// <summary>Whether it is to be done before what was said before it ("but first …").</summary>
    public bool ComesFirst { get; init; }

    /// <summary>The words that mean something.</summary>
    public IEnumerable<ReadWord> Meant => words.Where(word => word.Concept is not (Concepts.Passing or Concepts.Break or Concepts.Then));

    /// <summary>The tokens, in order.</summary>
    public IEnumerable<Token> Tokens => words.SelectMany(word => Enumerable.Range(word.First, word.Count)).Select(index => Message.Tokens[index]);

    /// <summary>The text as written.</summary>
    public string Text => words.Count == 0 ? "" : TextOf(0, words.Count);

    /// <summary>The text of some of its words, as written.</summary>
    public string TextOf(int first, int end) =>
        first >= end ? "" : Message.Text[Message.Tokens[words[first].First].Start..Message.Tokens[words[end - 1].End - 1].End];

    /// <summary>The small plain letters of a word.</summary>
    public string Plain(ReadWord word) => word.Count == 1
        ? Message.Tokens[word.First].Plain
        : string.Join(' ', Enumerable.Range(word.First, word.Count).Select(index => Message.Tokens[index].Plain));

    /// <summary>Whether a word of one of the concepts is there.</summary>
    public bool Has(params ReadOnlySpan<string> concepts)
    {
        foreach (var word in words)
            if (concepts.Contains(word.Concept)) return true;
        return false;
    }

    /// <summary>The value of the first word of a concept; null without one.</summary>
    public string? Value(string concept)
    {
        foreach (var word in words)
            if (word.Concept == concept) return word.Value;
        return null;
    }

    /// <summary>The values of all words of a concept.</summary>
    public IReadOnlyList<string> Values(string concept) => [.. words.Where(word => word.Concept == concept).Select(word => word.Value)];

    /// <summary>The number of the first word of a concept; null without one.</summary>
    public double? Number(string concept) => Value(concept) is { Length: > 0 } value ? NumberWords.Parse(value) : null;

    /// <summary>The index of the first word of one of the concepts; -1 without one.</summary>
    public int IndexOf(params ReadOnlySpan<string> concepts)
    {
        for (var i = 0; i < words.Count; i++)
            if (concepts.Contains(words[i].Concept)) return i;
        return -1;
    }

    /// <summary>How much is asked for: 1 where nothing is said, less for "a little", more for "much".</summary>
    public double Amount => Number("amount") ?? 1;

    /// <summary>This clause and the one that follows it as one.</summary>
    public Clause With(Clause next, IEnumerable<ReadWord> between) =>
        new(Message, [.. words, .. between, .. next.words], Language) { IsApart = IsApart, ComesFirst = ComesFirst };
}
