using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PhotoStudio.Core.Text;

/// <summary>
/// Reduces letters to the plain Latin letter they look like: capitals, marks, full-width and mathematical letters, and the letters of
/// Cyrillic and Greek that are drawn alike (Unicode Technical Standard 39, "confusables"). The marks of Vietnamese and Spanish are kept
/// beside the letter for those who want them. Works under the invariant culture, whose normalization knows ASCII only.
/// </summary>
internal static class LookAlikes
{
    // Grave, acute, hook above, tilde, dot below: the tones of Vietnamese.
    private const string Tones = "\u0300\u0301\u0309\u0303\u0323";
    private const char Circumflex = '\u0302', Breve = '\u0306', Horn = '\u031B', Stroke = '\u0335', OtherMark = '\u0308';

    private static readonly (string Letters, char Plain, char Shape)[] Rows =
    [
        ("aàáảãạ", 'a', '\0'), ("ăằắẳẵặ", 'a', Breve), ("âầấẩẫậ", 'a', Circumflex), ("eèéẻẽẹ", 'e', '\0'), ("êềếểễệ", 'e', Circumflex),
        ("iìíỉĩị", 'i', '\0'), ("oòóỏõọ", 'o', '\0'), ("ôồốổỗộ", 'o', Circumflex), ("ơờớởỡợ", 'o', Horn), ("uùúủũụ", 'u', '\0'),
        ("ưừứửữự", 'u', Horn), ("yỳýỷỹỵ", 'y', '\0'),
    ];

    // A letter and what is taken for it; the marks say nothing in the three languages.
    private static readonly string[] Alike =
    [
        "aäåāąǎаαɑɐªᴀ", "bβЬьвʙƀ", "cçćčĉċсϲᴄ", "dďԁɗᴅ", "eëēėęěеεєəɛᴇё", "fƒſ", "gğĝġģɡɢ", "hĥħһнʜ", "iïīįıіιɪїﺍ",
        "jјʝĵᴊ", "kķκкᴋ", "lĺļľłʟӏ", "mмᴍ", "nńņňηпɴ", "oöøōőοоσᴏө", "pρрᴘþ", "qԛ", "rŕřгʀ", "sśşšșѕꜱ", "tţťțŧтτᴛ", "uüūůűųυцᴜ",
        "vνѵᴠ", "wŵωшщᴡ", "xхχ×", "yÿуγʏў", "zźżžᴢ",
    ];

    private static readonly FrozenDictionary<char, string> Spelled = Spell().ToFrozenDictionary();

    /// <summary>
    /// The text in plain small letters, each followed by its marks in a fixed order; what cannot be seen is gone, everything else stays.
    /// </summary>
    public static string Spell(string text)
    {
        // Most of most texts is ASCII, where every letter stands for itself.
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u007F')) return text.ToLowerInvariant();
        var result = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                result.Append(char.ToLowerInvariant((char)rune.Value));
                continue;
            }

            if (IsInvisible(rune)) continue;
            var ascii = Styled(rune.Value);
            if (ascii == 0 && !rune.IsBmp)
            {
                result.Append(' ');
                continue;
            }

            var letter = char.ToLowerInvariant(ascii != 0 ? (char)ascii : (char)rune.Value);
            if (IsMark(letter)) AddMark(result, letter);
            else if (Spelled.TryGetValue(letter, out var spelled)) result.Append(spelled);
            else result.Append(letter);
        }

        return result.ToString();
    }

    /// <summary>A spelled text without its marks.</summary>
    public static string WithoutMarks(string spelled) =>
        spelled.AsSpan().ContainsAnyInRange('\u0300', '\u036F') ? string.Concat(spelled.Where(letter => !IsMark(letter))) : spelled;

    /// <summary>Whether a character is a mark on the letter before it.</summary>
    public static bool IsMark(char letter) => letter is >= '\u0300' and <= '\u036F';

    // Marks of an n-tilde or of Vietnamese are kept, the shape before the tone; all others are ornament.
    private static void AddMark(StringBuilder result, char mark)
    {
        if (result.Length == 0 || (!Tones.Contains(mark, StringComparison.Ordinal) && mark is not (Circumflex or Breve or Horn or OtherMark))) return;
        var isShape = mark is Circumflex or Breve or Horn;
        var last = result[^1];
        if (last == mark) return;
        if (!IsMark(last)) result.Append(mark);
        else if (isShape && Tones.Contains(last, StringComparison.Ordinal) && (result.Length < 2 || !IsMark(result[^2]))) result.Insert(result.Length - 1, mark);
        else if (!isShape && last is Circumflex or Breve or Horn) result.Append(mark);
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x180B or 0x180C or 0x180D or 0x3164 or 0xFFA0
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    // Full-width, circled, squared and mathematical letters and digits; 0 for anything else.
    private static int Styled(int value) => value switch
    {
        >= 0xFF01 and <= 0xFF5E => value - 0xFF01 + '!',
        >= 0x24B6 and <= 0x24CF => value - 0x24B6 + 'a',
        >= 0x24D0 and <= 0x24E9 => value - 0x24D0 + 'a',
        >= 0x249C and <= 0x24B5 => value - 0x249C + 'a',
        >= 0x1F130 and <= 0x1F149 => value - 0x1F130 + 'a',
        >= 0x1F150 and <= 0x1F169 => value - 0x1F150 + 'a',
        >= 0x1F170 and <= 0x1F189 => value - 0x1F170 + 'a',
        >= 0x1F1E6 and <= 0x1F1FF => value - 0x1F1E6 + 'a',
        >= 0x1D400 and <= 0x1D6A3 => ((value - 0x1D400) % 26) + 'a',
        >= 0x1D7CE and <= 0x1D7FF => ((value - 0x1D7CE) % 10) + '0',
        _ => 0,
    };

    private static Dictionary<char, string> Spell()
    {
        var spelled = new Dictionary<char, string>();
        foreach (var letters in Alike)
        {
            foreach (var letter in letters.Skip(1)) spelled[letter] = letters[..1];
        }

        foreach (var (letters, plain, shape) in Rows)
        {
            var stem = shape == '\0' ? $"{plain}" : $"{plain}{shape}";
            spelled[letters[0]] = stem;
            for (var tone = 0; tone < Tones.Length; tone++) spelled[letters[tone + 1]] = stem + Tones[tone];
        }

        spelled['đ'] = $"d{Stroke}";
        spelled['ñ'] = "n\u0303";
        spelled['ü'] = $"u{OtherMark}";
        return spelled;
    }
}
