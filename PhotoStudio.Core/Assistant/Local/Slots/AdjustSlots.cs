using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>Light, tones and colours: the wishes that <c>adjust</c> fulfils.</summary>
internal static class AdjustSlots
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
        ["tint"] = ("tint", 35, true),
        ["shadows"] = ("shadows", 40, true),
        ["highlights"] = ("highlights", 40, true),
        ["sharp"] = ("sharpness", 40, false),
        ["sharpness"] = ("sharpness", 40, true),
        ["vignette"] = ("vignette", 40, true),
        ["magenta"] = ("tint", 35, false),
        ["greenish"] = ("tint", -35, false),
    };

    /// <summary>1 for more, −1 for less, 0 where the wish says neither.</summary>
    public static int Direction(Clause clause) =>
        clause.Has("decrease", "less", "remove", "without") ? -1 : clause.Has("increase", "more", "add") ? 1 : 0;

    /// <summary>Whether the wish names a thing to adjust and no verb or direction of its own.</summary>
    public static bool IsBareNoun(Clause clause) =>
        clause.Words.Any(word => Attributes.TryGetValue(word.Concept, out var attribute) && attribute.Noun) && !clause.Words.Any(word => Concepts.IsVerb(word.Concept));

    /// <summary>Whether a word is something that <c>adjust</c> changes.</summary>
    public static bool IsAttribute(string concept) => Attributes.ContainsKey(concept) || concept == "grayscale";

    /// <summary>The adjustments of a wish.</summary>
    public static ReadSlots Read(Clause clause, ReadSlots slots, SlotContext context)
    {
        var isGray = clause.Has("grayscale");
        if (isGray) slots.Set("saturation", -100);
        var places = clause.Words.Index().Where(word => Attributes.ContainsKey(word.Item.Concept)).Select(word => word.Index).ToList();
        foreach (var (order, at) in places.Index())
        {
            var (parameter, usual, isNoun) = Attributes[clause.Words[at].Concept];

            // "A green tint, make it more magenta": what is named as the fault is not the wish.
            if ((isGray && parameter is ("saturation" or "vibrance")) || (parameter == "tint" && isNoun && clause.Has("magenta", "greenish", "color"))) continue;
            var sign = clause.Has("too") && !isNoun ? -1 : Way(clause, places, order, context.Direction);
            if (Given(clause, at, order + 1 < places.Count ? places[order + 1] : clause.Words.Count, places.Count == 1) is not { } given)
            {
                slots.Parameters[parameter] = Limit(parameter, Math.Abs(usual) * clause.Amount * Math.Sign(usual) * sign);
                continue;
            }

            var value = given.IsPercent && parameter == "exposure" ? given.Value / 50 : given.Value;
            slots.Parameters[parameter] = Limit(parameter, value < 0 || given.IsSigned ? value : value * Math.Sign(usual) * sign);
        }

        if (slots.Parameters.Count == 0 && clause.Value("number") is { } stops && clause.Has("brightness")) slots.Set("exposure", NumberWords.Parse(stops));
        if (slots.Parameters.Count == 0) slots.Missing = "exposure";
        return slots;
    }

    // "Tone down the highlights and lift the shadows" is one sentence with two ways: the nearest one before the word counts.
    private static int Way(Clause clause, List<int> places, int order, int inherited)
    {
        for (var i = places[order] - 1; i >= (order == 0 ? 0 : places[order - 1] + 1); i--)
        {
            switch (clause.Words[i].Concept)
            {
                case "decrease" or "less" or "remove" or "without":
                    return -1;
                case "increase" or "more" or "add":
                    return 1;
            }
        }

        if (order == places.Count - 1)
        {
            for (var i = places[order] + 1; i < clause.Words.Count; i++)
            {
                if (clause.Words[i].Concept is "decrease" or "less") return -1;
                if (clause.Words[i].Concept is "increase") return 1;
            }
        }

        return inherited == 0 ? 1 : inherited;
    }

    private static (double Value, bool IsPercent, bool IsSigned)? Given(Clause clause, int at, int end, bool isOnly)
    {
        for (var i = isOnly ? 0 : at + 1; i < end; i++)
        {
            var word = clause.Words[i];
            if (word.Concept is not ("percent" or "number" or "degrees")) continue;
            var isSigned = clause.Message.Tokens[word.First].Text is "-" or "+";
            return (NumberWords.Parse(word.Value), word.Concept == "percent", isSigned);
        }

        return null;
    }

    private static double Limit(string parameter, double value)
    {
        var limit = parameter == "exposure" ? 5 : 100;
        return Math.Round(Math.Clamp(value, parameter == "sharpness" ? 0 : -limit, limit), 2);
    }
}
