using System.Collections.Frozen;
using System.Globalization;

namespace PhotoStudio.Core.Assistant.Local.Reading;

/// <summary>
/// Numbers written as words, up to the thousands: "forty five", "two and a half", "ciento ochenta", "cuarenta y cinco", "một trăm tám mươi",
/// "hai rưỡi". Read without marks; whoever asks decides whether a word such as "sau" (six, or after) is a number where it stands.
/// </summary>
internal static class NumberWords
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, int>> Languages = new Dictionary<string, FrozenDictionary<string, int>>(StringComparer.Ordinal)
    {
        ["en"] = Table(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
            "twenty thirty forty fifty sixty seventy eighty ninety",
            ("hundred", 100), ("thousand", 1000)),
        ["es"] = Table(
            "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
            "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
            ("cien", 100), ("ciento", 100), ("doscientos", 200), ("trescientos", 300), ("cuatrocientos", 400), ("quinientos", 500), ("seiscientos", 600),
            ("setecientos", 700), ("ochocientos", 800), ("novecientos", 900), ("mil", 1000), ("veinticinco", 25)),
        ["vi"] = Table("mot hai ba bon nam sau bay tam chin muoi", "", ("tram", 100), ("nghin", 1000), ("ngan", 1000), ("lam", 5), ("tu", 4), ("moi", 10)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The number that tokens begin with and how many they are; null without one.</summary>
    public static (double Value, int Length)? Read(IReadOnlyList<Token> tokens, int at, string language)
    {
        var table = Languages[language];
        int total = 0, current = 0, length = 0;
        while (at + length < tokens.Count && tokens[at + length] is { Kind: TokenKind.Word } token)
        {
            var isJoint = length > 0 && token.Plain is "and" or "y" && at + length + 1 < tokens.Count && table.ContainsKey(tokens[at + length + 1].Plain)
                && (current % 100 is 20 or 30 or 40 or 50 or 60 or 70 or 80 or 90 || (token.Plain == "and" && current >= 100));
            if (isJoint)
            {
                length++;
                continue;
            }

            if (!table.TryGetValue(token.Plain, out var value)) break;
            if (language == "vi" && length == 0 && token.Plain is "lam" or "tu" or "moi" or "tram" or "nghin" or "ngan") break;
            if (value == 1000) (total, current) = (total + (Math.Max(1, current) * 1000), 0);
            else if (value == 100) current = Math.Max(1, current) * 100;
            else if (language == "vi" && value == 10 && length > 0 && current % 10 is > 0) current = current - (current % 10) + (current % 10 * 10);
            else if (length > 0 && !Follows(current, value)) break;
            else current += value;
            length++;
        }

        if (length == 0) return null;
        double number = total + current;
        if (HasHalf(tokens, at + length, out var half)) (number, length) = (number + 0.5, length + half);
        return (number, length);
    }

    /// <summary>A number's digits.</summary>
    public static double Parse(string digits) => double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);

    // "two hundred twenty five": each part is smaller than what the one before left room for.
    private static bool Follows(int current, int value) => current == 0 || (value < 10 ? current % 10 == 0 : value < 100 ? current % 100 == 0 : current < 1);

    private static bool HasHalf(IReadOnlyList<Token> tokens, int at, out int length)
    {
        length = Is(0, "and") && Is(1, "a") && Is(2, "half") ? 3 : Is(0, "y") && Is(1, "medio", "media") ? 2 : Is(0, "ruoi") ? 1 : 0;
        return length > 0;

        bool Is(int offset, params ReadOnlySpan<string> words) => at + offset < tokens.Count && words.Contains(tokens[at + offset].Plain);
    }

    private static FrozenDictionary<string, int> Table(string units, string tens, params ReadOnlySpan<(string Word, int Value)> others)
    {
        var table = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, word) in units.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index()) table[word] = index + 1;
        foreach (var (index, word) in tens.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index()) table[word] = (index + 2) * 10;
        foreach (var (word, value) in others) table[word] = value;
        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
