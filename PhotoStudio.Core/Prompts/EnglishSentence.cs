using System.Text;

namespace PhotoStudio.Core.Prompts;

/// <summary>Writes an English sentence word by word: blanks, marks, and articles that fit what follows.</summary>
internal sealed class EnglishSentence
{
    private readonly StringBuilder _text = new();
    private bool _article;

    /// <summary>The last word or phrase that was written.</summary>
    public string Last { get; private set; } = "";

    /// <summary>Adds a word or phrase; "a" becomes "an" where that fits what follows.</summary>
    public void Add(string word)
    {
        if (word.Length == 0) return;
        if (word == "a")
        {
            _article = true;
            return;
        }

        if (_article && word is not ("one" or "the" or "some" or "this" or "that")) Write(EnglishNouns.Article(word));
        _article = false;
        Write(word);
    }

    /// <summary>Adds a mark.</summary>
    public void Mark(string mark)
    {
        _article = false;
        if (mark is "(" or "[" or "#" or "@") Write(mark);
        else _text.Append(mark);
        Last = mark;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Write(string word)
    {
        if (_text.Length > 0 && _text[^1] is not ('(' or '[' or '#' or '@' or '-' or '/')) _text.Append(' ');
        _text.Append(word);
        Last = word;
    }
}
