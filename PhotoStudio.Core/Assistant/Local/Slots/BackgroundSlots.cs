using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>What a background becomes: a colour, a gradient, blurred, another picture, or a scene in words.</summary>
internal static class BackgroundSlots
{
    /// <summary>The background of a replace-background.</summary>
    public static ReadSlots Read(Clause clause, ReadSlots slots, SlotContext context)
    {
        var colors = clause.Values("color");
        if (clause.Has("blur"))
        {
            slots.Set("background", "blur");
            return clause.Has("amount") || clause.Has("percent")
                ? slots.Set("blur", clause.Number("percent") ?? Math.Clamp(Math.Round(50 * clause.Amount), 1, 100))
                : slots;
        }

        if (colors.Count >= 2) return slots.Set("background", "gradient").Set("color", colors[0]).Set("color_to", colors[1]);
        if (colors.Count == 1) return slots.Set("background", "color").Set("color", colors[0]);
        if (context.Pictures > 1)
        {
            slots.UsesSecondPicture = true;
            return slots.Set("background", "picture");
        }

        slots.Scene = Scene(clause);
        if (slots.Scene is not null) return slots.Set("background", "picture");
        slots.Missing = "background";
        return slots;
    }

    // What comes after "to", "with", "in front of", where that is something.
    private static string? Scene(Clause clause)
    {
        var text = Phrases.After(clause, Phrases.SceneLinks);
        return text is null || Phrases.IsEmptyTalk(text, clause) ? null : text;
    }
}
