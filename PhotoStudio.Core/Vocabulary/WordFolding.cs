using System.Globalization;
using System.Text;

namespace PhotoStudio.Core.Vocabulary;

/// <summary>Splits text into words and takes the marks off letters, so that "hoàng hôn", "hoang hon" and "Hoàng Hôn" can meet.</summary>
public static class WordFolding
{
    /// <summary>The words of a text in lower case with their marks composed; a break in the sentence comes as an empty word.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in LetterMarks.Compose(text.ToLowerInvariant()))
        {
            if (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark || (c is '\'' or '’' && word.Length > 0))
            {
                word.Append(c == '’' ? '\'' : c);
                continue;
            }

            End();
            if (c is ',' or '.' or ';' or ':' or '!' or '?' or '\n' or '(' or ')' or '|' && words.Count > 0 && words[^1].Length > 0) words.Add("");
        }

        End();
        return words;

        void End()
        {
            var end = word.ToString().TrimEnd('\'');
            word.Clear();
            if (end.EndsWith("'s", StringComparison.Ordinal)) end = end[..^2];
            if (end.Length > 0) words.Add(end);
        }
    }

    /// <summary>A lower-case text without the marks of its letters; đ becomes d.</summary>
    public static string WithoutMarks(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Create(text.Length, text, (plain, marked) =>
        {
            for (var i = 0; i < plain.Length; i++) plain[i] = LetterMarks.WithoutMarks(marked[i]);
        });
    }
}
