using System.Collections.Frozen;

namespace PhotoStudio.Core.Assistant.Local.Reading;

/// <summary>What numbers are counted in, in the three languages, without marks.</summary>
internal static class Units
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["%"] = "percent", ["percent"] = "percent", ["pct"] = "percent",
        ["px"] = "pixels", ["pixel"] = "pixels", ["pixels"] = "pixels", ["pixeles"] = "pixels", ["pix"] = "pixels", ["pxs"] = "pixels",
        ["x"] = "times", ["×"] = "times", ["times"] = "times", ["lan"] = "times", ["veces"] = "times", ["vez"] = "times", ["fold"] = "times",
        ["°"] = "degrees", ["º"] = "degrees", ["degree"] = "degrees", ["degrees"] = "degrees", ["deg"] = "degrees", ["degs"] = "degrees",
        ["do"] = "degrees", ["grados"] = "degrees", ["grado"] = "degrees",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<(string, string), string> Pairs = new Dictionary<(string, string), string>
    {
        [("por", "ciento")] = "percent", [("phan", "tram")] = "percent", [("per", "cent")] = "percent", [("diem", "anh")] = "pixels",
    }.ToFrozenDictionary();

    /// <summary>Whether letters that hang on a number are its unit.</summary>
    public static bool IsUnit(string plain) => Words.ContainsKey(plain);

    /// <summary>The unit that tokens begin with, and how many they are; null without one.</summary>
    public static (string Unit, int Length)? Find(IReadOnlyList<Token> tokens, int at)
    {
        if (at >= tokens.Count) return null;
        if (at + 1 < tokens.Count && Pairs.TryGetValue((tokens[at].Plain, tokens[at + 1].Plain), out var pair)) return (pair, 2);
        return Words.TryGetValue(tokens[at].Plain, out var unit) ? (unit, 1) : null;
    }
}
