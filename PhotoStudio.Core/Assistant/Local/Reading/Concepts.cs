namespace PhotoStudio.Core.Assistant.Local.Reading;

/// <summary>Concepts that code asks for by name.</summary>
internal static class Concepts
{
    /// <summary>What separates wishes: "and", a comma.</summary>
    public const string Break = "break";

    /// <summary>What separates wishes for certain: "then", a full stop.</summary>
    public const string Then = "then";

    /// <summary>What says nothing of its own.</summary>
    public const string Passing = "passing";

    private static readonly HashSet<string> Verbs = new(StringComparer.Ordinal)
    {
        "remove", "replace", "make", "rotate", "turn", "flip", "crop", "resize", "enlarge", "shrink", "convert", "enhance", "denoise", "upscale", "expand",
        "increase", "decrease", "add", "blur", "cutout", "more", "less", "draw", "find", "check", "retouch", "swap", "relight", "vary", "undo", "sharp", "bright",
        "dark", "warm", "cool",
    };

    /// <summary>Whether a concept says what to do.</summary>
    public static bool IsVerb(string concept) => Verbs.Contains(concept);
}
