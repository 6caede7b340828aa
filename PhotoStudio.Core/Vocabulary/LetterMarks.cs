using System.Collections.Frozen;
using System.Text;

namespace PhotoStudio.Core.Vocabulary;

/// <summary>
/// The marked letters of Vietnamese and Spanish: composes them from a letter and combining marks, and takes the marks off. The process
/// runs with the invariant culture, where the runtime's own normalization knows ASCII only.
/// </summary>
internal static class LetterMarks
{
    private const char Circumflex = '\u0302';
    private const char Breve = '\u0306';
    private const char Horn = '\u031B';
    private const char Tilde = '\u0303';
    private const char Diaeresis = '\u0308';

    // Grave, acute, hook above, tilde, dot below.
    private const string Tones = "\u0300\u0301\u0309\u0303\u0323";

    // A vowel and then the same with each tone.
    private static readonly string[] Rows =
    [
        "aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị", "oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
    ];

    private static readonly (char Plain, char Mark, char Marked)[] Shapes =
    [
        ('a', Breve, 'ă'), ('a', Circumflex, 'â'), ('e', Circumflex, 'ê'), ('o', Circumflex, 'ô'), ('o', Horn, 'ơ'), ('u', Horn, 'ư'),
    ];

    private static readonly FrozenDictionary<(char Letter, char Mark), char> Composed = Compositions().ToFrozenDictionary();

    private static readonly FrozenDictionary<char, char> Plain = Plains().ToFrozenDictionary();

    /// <summary>A lower-case text with letters and their combining marks made one character each.</summary>
    public static string Compose(string text)
    {
        var composed = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (composed.Length > 0 && Composed.TryGetValue((composed[^1], c), out var letter)) composed[^1] = letter;
            else composed.Append(c);
        }

        return composed.ToString();
    }

    /// <summary>A lower-case letter without its marks.</summary>
    public static char WithoutMarks(char letter) => Plain.GetValueOrDefault(letter, letter);

    private static Dictionary<(char Letter, char Mark), char> Compositions()
    {
        var known = new Dictionary<(char Letter, char Mark), char> { [('n', Tilde)] = 'ñ', [('u', Diaeresis)] = 'ü' };
        foreach (var row in Rows)
        {
            for (var tone = 0; tone < Tones.Length; tone++) known[(row[0], Tones[tone])] = row[tone + 1];
        }

        // The tone may come before the shape: both orders are in use.
        foreach (var (plain, mark, marked) in Shapes)
        {
            string from = Row(plain), to = Row(marked);
            for (var i = 0; i < from.Length; i++) known[(from[i], mark)] = to[i];
        }

        return known;
    }

    private static Dictionary<char, char> Plains()
    {
        var known = new Dictionary<char, char> { ['đ'] = 'd', ['ñ'] = 'n', ['ü'] = 'u', ['ç'] = 'c', ['ö'] = 'o', ['ä'] = 'a', ['ï'] = 'i', ['ë'] = 'e' };
        foreach (var row in Rows)
        {
            var shape = Shapes.FirstOrDefault(shape => shape.Marked == row[0]);
            foreach (var letter in row) known[letter] = shape.Plain == default ? row[0] : shape.Plain;
        }

        return known;
    }

    private static string Row(char vowel) => Array.Find(Rows, row => row[0] == vowel)!;
}
