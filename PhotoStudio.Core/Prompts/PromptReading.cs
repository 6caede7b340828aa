using System.Text;

namespace PhotoStudio.Core.Prompts;

/// <summary>A prompt taken apart: what is wanted and what is not, both in English.</summary>
internal sealed class PromptReading
{
    private static readonly string[] Requests =
    [
        "can you please", "could you please", "can you", "could you", "would you", "please", "i want you to", "i want to see", "i want", "i would like", "i'd like",
        "i need", "we need", "give me", "show me", "make me", "draw me", "paint me", "create", "generate", "make", "draw", "render", "imagine", "design me",
    ];

    private static readonly string[] Pictures =
    ["an image of", "a picture of", "an image showing", "a picture showing", "image of", "picture of", "an image with", "a picture with", "images of", "pictures of"];

    // What a sentence must not end with once its negation has been taken out.
    private static readonly HashSet<string> Dangling = new(StringComparer.OrdinalIgnoreCase)
    {
        "and", "but", "or", "with", "pero", "y", "con", "và", "nhưng", "mà", "va", "nhung", "ma", "there", "are", "is", "please", "should", "be", "i", "want", "do", "que", "e",
    };

    // Courtesy that is left when the negation before it is gone.
    private static readonly HashSet<string> Courtesy = new(StringComparer.OrdinalIgnoreCase) { "please", "pls", "thanks", "porfa", "nhé", "nha", "ạ", "nhe" };

    private PromptReading(string language, string wanted, IReadOnlyList<string> ruledOut, IReadOnlyList<string> untranslated) =>
        (Language, Wanted, RuledOut, Untranslated) = (language, wanted, ruledOut, untranslated);

    /// <summary>en, vi or es.</summary>
    public string Language { get; }

    /// <summary>What is wanted, in English.</summary>
    public string Wanted { get; }

    /// <summary>What is not, in English.</summary>
    public IReadOnlyList<string> RuledOut { get; }

    /// <summary>Words without a translation.</summary>
    public IReadOnlyList<string> Untranslated { get; }

    /// <summary>Reads a prompt.</summary>
    /// <param name="prompt">Its words.</param>
    /// <param name="translate">Whether what is wanted is put into English; otherwise it stays in its language.</param>
    public static PromptReading Of(string prompt, bool translate = true)
    {
        var text = PromptText.Of(PromptWord.Clean(prompt));
        var language = PromptTranslator.LanguageOf(text);
        var negations = NegationReader.Read(text, language);
        var wanted = negations.Count == 0 ? text : text.Only(Without(text.Words, negations));
        var foreign = translate && language != "en";

        var ruledOut = new List<string>();
        foreach (var (start, end) in negations.SelectMany(negation => negation.Terms))
        {
            var range = text.Range(start, end);
            var term = foreign ? PromptTranslator.Translate(range, language).English : Written(range.Words);
            if (term.Length > 0 && !ruledOut.Contains(term, StringComparer.OrdinalIgnoreCase)) ruledOut.Add(term);
        }

        if (!foreign) return new(language, language == "en" ? WithoutRequest(Written(wanted.Words)) : Written(wanted.Words), ruledOut, []);
        var (english, untranslated) = PromptTranslator.Translate(wanted, language);
        return new(language, english, ruledOut, untranslated);
    }

    /// <summary>Words as a text again: single blanks, no empty or repeated marks.</summary>
    public static string Written(IReadOnlyList<PromptWord> words)
    {
        var text = new StringBuilder();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var touches = i > 0 && words[i - 1].End == word.Start;
            if (i > 0 && !touches && !(word.IsPause && word.Text != "(")) text.Append(' ');
            text.Append(word.Text);
        }

        return text.ToString().Trim();
    }

    private static List<int> Without(IReadOnlyList<PromptWord> words, List<Negation> negations)
    {
        var kept = new List<int>(words.Count);
        var at = 0;
        foreach (var negation in negations)
        {
            for (; at < negation.Start; at++) kept.Add(at);
            while (kept.Count > 0 && words[kept[^1]].IsWord && Dangling.Contains(words[kept[^1]].Text)) kept.RemoveAt(kept.Count - 1);
            at = negation.End;
            while (at < words.Count && Courtesy.Contains(words[at].Text)) at++;
            if (at < words.Count && words[at].Folded is "and" or "but" or "y" or "pero" or "và" or "nhưng") at++;
        }

        for (; at < words.Count; at++) kept.Add(at);

        // Commas that had the negation between them, and those left at either end.
        for (var i = kept.Count - 1; i >= 0; i--)
        {
            var mark = words[kept[i]];
            if (mark.Kind != PromptWordKind.Mark || mark.Text is not ("," or "." or ";" or "!")) continue;
            if (i == 0 || words[kept[i - 1]].Text is "," or ";" || (i == kept.Count - 1 && mark.Text is "," or ";")) kept.RemoveAt(i);
        }

        return kept;
    }

    private static string WithoutRequest(string text)
    {
        var rest = text;
        var asked = false;
        for (var again = true; again;)
        {
            again = false;
            foreach (var request in Requests)
            {
                if (!Starts(rest, request)) continue;
                rest = rest[request.Length..].TrimStart(' ', ',');
                asked = again = true;
                break;
            }
        }

        if (!asked) return text;
        foreach (var picture in Pictures)
        {
            if (!Starts(rest, picture)) continue;
            rest = rest[picture.Length..].TrimStart();
            break;
        }

        return rest.Length == 0 ? text : rest;
    }

    private static bool Starts(string text, string phrase) =>
        text.StartsWith(phrase, StringComparison.OrdinalIgnoreCase) && text.Length > phrase.Length && text[phrase.Length] is ' ' or ',';
}
