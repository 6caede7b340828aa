using System.Globalization;
using System.Text;

namespace PhotoStudio.Core.Text;

/// <summary>
/// Normalization form KC (Unicode Standard Annex 15): texts that differ only in how the same letters are written become one text.
/// The runtime's own knows only ASCII under the invariant culture; the tables are in <c>nfkc.txt</c> beside this file.
/// </summary>
public static class Nfkc
{
    private const int SBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7, LCount = 19, VCount = 21, TCount = 28;

    private static readonly Lazy<Tables> Data = new(Tables.Read);

    /// <summary>The text in form KC.</summary>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair.</exception>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text)) return text;
        if (!IsWellFormed(text)) throw new ArgumentException("The text has half of a surrogate pair.", nameof(text));

        var points = Decompose(text);
        Order(points);
        Compose(points);
        var result = new StringBuilder(points.Count);
        foreach (var point in points) result.Append(new Rune(point).ToString());
        return result.ToString();
    }

    /// <summary>Whether every surrogate of the text has its other half.</summary>
    public static bool IsWellFormed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
            i++;
        }

        return true;
    }

    private static List<int> Decompose(string text)
    {
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var value = rune.Value;
            if (value is >= SBase and < SBase + (LCount * VCount * TCount))
            {
                var index = value - SBase;
                points.Add(LBase + (index / (VCount * TCount)));
                points.Add(VBase + (index % (VCount * TCount) / TCount));
                if (index % TCount != 0) points.Add(TBase + (index % TCount));
            }
            else if (Data.Value.Decompositions.TryGetValue(value, out var parts))
            {
                points.AddRange(parts);
            }
            else
            {
                points.Add(value);
            }
        }

        return points;
    }

    /// <summary>Puts the marks of each letter into the order of their classes; marks of one class keep theirs.</summary>
    private static void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var mark = Class(points[i]);
            if (mark == 0) continue;
            for (var at = i; at > 0 && Class(points[at - 1]) > mark; at--) (points[at - 1], points[at]) = (points[at], points[at - 1]);
        }
    }

    private static void Compose(List<int> points)
    {
        int written = 0, starter = -1, lastClass = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var mark = Class(point);
            var blocked = starter >= 0 && written - starter > 1 && lastClass >= mark;
            if (starter >= 0 && !blocked && Pair(points[starter], point) is { } composed)
            {
                points[starter] = composed;
                continue;
            }

            if (mark == 0) starter = written;
            lastClass = mark;
            points[written++] = point;
        }

        points.RemoveRange(written, points.Count - written);
    }

    private static int? Pair(int first, int second)
    {
        if (first is >= LBase and < LBase + LCount && second is >= VBase and < VBase + VCount)
            return SBase + ((((first - LBase) * VCount) + second - VBase) * TCount);
        if (first is >= SBase and < SBase + (LCount * VCount * TCount) && (first - SBase) % TCount == 0 && second is > TBase and < TBase + TCount)
            return first + second - TBase;
        return Data.Value.Compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }

    private static int Class(int point) => Data.Value.Classes.GetValueOrDefault(point);

    private sealed record Tables(
        Dictionary<int, int[]> Decompositions, Dictionary<(int First, int Second), int> Compositions, Dictionary<int, byte> Classes)
    {
        public static Tables Read()
        {
            var tables = new Tables([], [], []);
            using var resource = typeof(Nfkc).Assembly.GetManifestResourceStream("PhotoStudio.Core.Text.nfkc.txt")!;
            using var reader = new StreamReader(resource);
            while (reader.ReadLine() is { } line)
            {
                if (line.StartsWith('#')) continue;
                if (line.StartsWith('@')) tables.AddClass(line[1..].Split(' '));
                else tables.AddMapping(line.Split('='));
            }

            return tables;
        }

        private void AddMapping(string[] sides)
        {
            if (sides[0].Split('+') is [var first, var second]) Compositions[(Hex(first), Hex(second))] = Hex(sides[1]);
            else Decompositions[Hex(sides[0])] = [.. sides[1].Split(' ').Select(Hex)];
        }

        private void AddClass(string[] words)
        {
            var number = byte.Parse(words[0], CultureInfo.InvariantCulture);
            foreach (var range in words.Skip(1).Select(word => word.Split('-')))
            {
                for (var point = Hex(range[0]); point <= Hex(range[^1]); point++) Classes[point] = number;
            }
        }

        private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
