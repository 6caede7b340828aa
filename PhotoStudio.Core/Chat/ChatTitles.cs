namespace PhotoStudio.Core.Chat;

/// <summary>Titles of conversations.</summary>
public static class ChatTitles
{
    private const int Length = 60;

    /// <summary>A title of the beginning of the first message, in one line and cut between words.</summary>
    public static string From(string content) => Shorten(OneLine(content), Length);

    /// <summary>A title that somebody chose, in one line.</summary>
    public static string Of(string title) => Shorten(OneLine(title), ChatSession.MaxTitleLength);

    private static string OneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join(' ', ChatText.Clean(text).Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Shorten(string title, int length)
    {
        if (title.Length <= length) return title;
        var blank = title.LastIndexOf(' ', length - 1);
        var end = blank > length / 2 ? blank : char.IsHighSurrogate(title[length - 2]) ? length - 2 : length - 1;
        return string.Concat(title.AsSpan(0, end).TrimEnd(), "…");
    }
}
