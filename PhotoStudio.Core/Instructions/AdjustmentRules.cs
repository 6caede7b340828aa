using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Instructions;

/// <summary>Light, tones and colours: the wishes that <c>adjust</c> fulfils.</summary>
internal static class AdjustmentRules
{
    // By concept: the parameter, what it gets for an ordinary wish, and whether the word is a quality ("warmer") or a thing ("contrast").
    private static readonly Dictionary<string, (string Parameter, double Value, bool Noun)> Attributes = new(StringComparer.Ordinal)
    {
        ["warm"] = ("temperature", 35, false),
        ["cool"] = ("temperature", -35, false),
        ["bright"] = ("exposure", 0.7, false),
        ["dark"] = ("exposure", -0.7, false),
        ["brightness"] = ("exposure", 0.7, true),
        ["contrast"] = ("contrast", 30, true),
        ["contrasty"] = ("contrast", 30, false),
        ["flat"] = ("contrast", -30, false),
        ["saturation"] = ("saturation", 35, true),
        ["vivid"] = ("saturation", 35, false),
        ["pale"] = ("saturation", -40, false),
        ["vibrance"] = ("vibrance", 40, true),
        ["temperature"] = ("temperature", 35, true),
        ["shadows"] = ("shadows", 40, true),
        ["highlights"] = ("highlights", 40, true),
        ["sharp"] = ("sharpness", 40, false),
        ["sharpness"] = ("sharpness", 40, true),
        ["vignette"] = ("vignette", 40, true),
        ["magenta"] = ("tint", 35, false),
        ["greenish"] = ("tint", -35, false),
    };

    /// <summary>1 for more, −1 for less, 0 where the clause says neither.</summary>
    public static int Direction(InstructionClause clause) =>
        clause.Has("decrease", "less", "remove", "without") ? -1 : clause.Has("increase", "more", "add") ? 1 : 0;

    /// <summary>Whether the clause names a thing to adjust and no verb or direction of its own.</summary>
    public static bool IsBareNoun(InstructionClause clause) =>
        clause.Words.Any(word => Attributes.TryGetValue(word.Concept, out var attribute) && attribute.Noun) && !InstructionRules.HasVerb(clause);

    /// <summary>The adjustments of a clause; null when it names none.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="direction">1 for more, −1 for less, 0 for neither: the clause's, or what it takes over.</param>
    public static InstructedStep? Read(InstructionClause clause, int direction)
    {
        if (clause.Has("grayscale")) return new("adjust", new JsonObject { ["saturation"] = -100 });
        var parameters = new JsonObject();
        var sign = clause.Has("too") ? -1 : direction == 0 ? 1 : direction;
        foreach (var word in clause.Words)
        {
            if (!Attributes.TryGetValue(word.Concept, out var attribute)) continue;
            var value = Math.Abs(attribute.Value);
            if (clause.Number("percent") is { } percent) value = attribute.Parameter == "exposure" ? percent / 50 : percent;
            else if (attribute.Noun && clause.Number("number") is { } number) value = number;
            else value *= clause.Amount;

            var limit = attribute.Parameter == "exposure" ? 5 : 100;
            value = Math.Round(Math.Min(value, limit) * Math.Sign(attribute.Value) * sign, 2);
            parameters[attribute.Parameter] = attribute.Parameter == "sharpness" ? Math.Max(0, value) : value;
        }

        return parameters.Count == 0 ? null : new("adjust", parameters);
    }
}
