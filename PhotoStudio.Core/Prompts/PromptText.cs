using PhotoStudio.Core.Vocabulary;

namespace PhotoStudio.Core.Prompts;

/// <summary>The words of a text, as they are looked up: in lower case, and the same without marks.</summary>
internal sealed class PromptText
{
    private PromptText(IReadOnlyList<PromptWord> words, string[] folded, string[] plain) => (Words, Folded, Plain) = (words, folded, plain);

    /// <summary>The words as written.</summary>
    public IReadOnlyList<PromptWord> Words { get; }

    /// <summary>In lower case with marks composed; quotations are closed to look-ups.</summary>
    public string[] Folded { get; }

    /// <summary>The same without marks.</summary>
    public string[] Plain { get; }

    /// <summary>Whether any word has marks.</summary>
    public bool HasMarks
    {
        get
        {
            for (var i = 0; i < Folded.Length; i++)
            {
                if (!ReferenceEquals(Folded[i], Plain[i])) return true;
            }

            return false;
        }
    }

    /// <summary>Reads a text that is clean already, see <see cref="PromptWord.Clean"/>.</summary>
    public static PromptText Of(string text)
    {
        var words = PromptWord.Split(text);
        var folded = new string[words.Count];
        var plain = new string[words.Count];
        for (var i = 0; i < folded.Length; i++)
        {
            folded[i] = words[i].Kind == PromptWordKind.Quotation ? "\"" : words[i].Folded;
            plain[i] = IsPlain(folded[i]) ? folded[i] : WordFolding.WithoutMarks(folded[i]);
        }

        return new(words, folded, plain);
    }

    /// <summary>A run of its words.</summary>
    public PromptText Range(int start, int end) => Only(Enumerable.Range(start, end - start));

    /// <summary>Some of its words, in the order given.</summary>
    public PromptText Only(IEnumerable<int> indices)
    {
        var kept = indices.ToArray();
        return new(Array.ConvertAll(kept, i => Words[i]), Array.ConvertAll(kept, i => Folded[i]), Array.ConvertAll(kept, i => Plain[i]));
    }

    private static bool IsPlain(string word)
    {
        foreach (var c in word)
        {
            if (c >= 128) return false;
        }

        return true;
    }
}
