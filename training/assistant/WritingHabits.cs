using System.Text;
using PhotoStudio.Core.Vocabulary;

namespace PhotoStudio.Training.Assistant;

/// <summary>Makes phrases look as people type them: without marks, with slips of the finger, in short forms, with or without capitals and full stops.</summary>
internal static class WritingHabits
{
    private static readonly string[] Rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

    private static readonly Dictionary<string, (string Long, string Short)[]> Short = new(StringComparer.Ordinal)
    {
        ["en"] = [("you", "u"), ("please", "pls"), ("are", "r"), ("the ", ""), ("background", "bg"), ("picture", "pic"), ("and", "n"), ("want to", "wanna"), ("to", "2"), ("make", "mk")],
        ["vi"] = [("không", "ko"), ("được", "dc"), ("mình", "mk"), ("với", "vs"), ("ảnh", "hình"), ("này", "nì"), ("giúp", "dùm"), ("rồi", "r"), ("nhé", "nhe"), ("xóa", "xoa")],
        ["es"] = [("que", "q"), ("por favor", "xfa"), ("porque", "xq"), ("para", "pa"), ("foto", "pic"), ("más", "+"), ("también", "tb"), ("la foto", "la pic")],
    };

    /// <summary>A phrase with some of the habits.</summary>
    public static string Apply(string phrase, string language, Random random)
    {
        if (language != "en" && random.NextDouble() < 0.4) phrase = WordFolding.WithoutMarks(phrase);
        if (random.NextDouble() < 0.12)
        {
            var (from, to) = Short[language][random.Next(Short[language].Length)];
            phrase = phrase.Replace(from, to, StringComparison.Ordinal);
        }

        if (random.NextDouble() < 0.18) phrase = Slip(phrase, random);
        if (random.NextDouble() < 0.15) phrase += random.Next(4) switch { 0 => ".", 1 => "!", 2 => "!!", _ => "..." };
        return phrase.Trim();
    }

    private static string Slip(string phrase, Random random)
    {
        var places = Enumerable.Range(0, phrase.Length).Where(i => char.IsAsciiLetter(phrase[i])).ToList();
        if (places.Count < 6) return phrase;
        var at = places[random.Next(1, places.Count)];
        var slipped = new StringBuilder(phrase);
        switch (random.Next(4))
        {
            case 0:
                slipped.Remove(at, 1);
                break;
            case 1:
                slipped.Insert(at, slipped[at]);
                break;
            case 2 when at + 1 < slipped.Length && char.IsAsciiLetter(slipped[at + 1]):
                (slipped[at], slipped[at + 1]) = (slipped[at + 1], slipped[at]);
                break;
            default:
                slipped[at] = Neighbour(slipped[at], random);
                break;
        }

        return slipped.ToString();
    }

    private static char Neighbour(char letter, Random random)
    {
        var row = Array.Find(Rows, row => row.Contains(char.ToLowerInvariant(letter), StringComparison.Ordinal))!;
        var at = row.IndexOf(char.ToLowerInvariant(letter), StringComparison.Ordinal);
        return row[Math.Clamp(at + (random.Next(2) == 0 ? -1 : 1), 0, row.Length - 1)];
    }
}
