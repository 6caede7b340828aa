namespace PhotoStudio.Core.Prompts;

/// <summary>Phrases of one or more words and what they stand for; finds the longest one that begins at a word.</summary>
/// <typeparam name="T">What a phrase stands for.</typeparam>
internal sealed class PhraseTable<T>
{
    private readonly Node _root = new();

    /// <summary>Adds a phrase; one that is there already gets one meaning more.</summary>
    /// <param name="phrase">Words in lower case, separated by single blanks.</param>
    /// <param name="value">What it stands for.</param>
    public void Add(string phrase, T value)
    {
        var node = _root;
        foreach (var word in phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            node.Next ??= new(StringComparer.Ordinal);
            if (!node.Next.TryGetValue(word, out var next)) node.Next.Add(word, next = new Node());
            node = next;
        }

        (node.Values ??= []).Add(value);
    }

    /// <summary>The meanings of the longest phrase that begins at a word, and how many words it has; none and 0 where there is none.</summary>
    public IReadOnlyList<T> Match(string[] words, int at, out int length)
    {
        var node = _root;
        IReadOnlyList<T> found = [];
        length = 0;
        for (var i = at; i < words.Length && node.Next is not null && node.Next.TryGetValue(words[i], out node); i++)
        {
            if (node.Values is null) continue;
            found = node.Values;
            length = i - at + 1;
        }

        return found;
    }

    /// <summary>The meanings of a single word.</summary>
    public IReadOnlyList<T> Find(ReadOnlySpan<char> word) =>
        _root.Next is not null && _root.Next.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var node) && node.Values is not null ? node.Values : [];

    private sealed class Node
    {
        public Dictionary<string, Node>? Next { get; set; }

        public List<T>? Values { get; set; }
    }
}
