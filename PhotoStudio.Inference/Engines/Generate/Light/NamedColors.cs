using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Light;

/// <summary>The colours that a prompt can name, as pigments a painter would take.</summary>
internal static class NamedColors
{
    private static readonly FrozenDictionary<string, Vector3> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["red"] = "d02c2c", ["crimson"] = "a3142e", ["orange"] = "f08022", ["yellow"] = "f4ca2e", ["gold"] = "d9a331",
        ["green"] = "3f9a45", ["emerald"] = "128a60", ["lime"] = "9acb34", ["olive"] = "7c7d33", ["teal"] = "16888a",
        ["turquoise"] = "2cc0bd", ["blue"] = "2a63c6", ["navy"] = "1d2f68", ["purple"] = "7b3fa6", ["violet"] = "8f5bd0",
        ["lilac"] = "b79bd9", ["pink"] = "ef8fb0", ["magenta"] = "cc2f92", ["coral"] = "f4775f", ["brown"] = "7d5233", ["beige"] = "dcc7a1",
        ["white"] = "f4f2ec", ["black"] = "1c1c20", ["gray"] = "8b8d92", ["silver"] = "bfc5cc",
    }.ToFrozenDictionary(entry => entry.Key, entry => Tone.Hex(entry.Value), StringComparer.Ordinal);

    /// <summary>Every name.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>The linear colour of a name.</summary>
    public static bool TryFind(string? name, [MaybeNullWhen(false)] out Vector3 color) => Known.TryGetValue(name ?? "", out color);

    /// <summary>The colour that the prompt gives a thing, or another.</summary>
    public static Vector3 Of(SceneBrief brief, string concept, Vector3 otherwise) =>
        brief.Tints.TryGetValue(concept, out var name) && TryFind(name, out var color) ? color : otherwise;
}
