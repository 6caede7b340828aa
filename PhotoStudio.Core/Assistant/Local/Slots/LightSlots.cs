using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>Where light comes from, of which kind and colour.</summary>
internal static class LightSlots
{
    /// <summary>The light of a relight.</summary>
    public static ReadSlots Read(Clause clause, ReadSlots slots, SlotContext context)
    {
        var kind = clause.Value("light") ?? clause.Value("scene") switch
        {
            "sunset" => "sunset",
            "night" => "moonlight",
            "sunrise" => "golden-hour",
            _ => clause.Value("style") == "neon" ? "neon" : null,
        };
        if (kind is not null) slots.Set("light", kind);
        var ways = clause.Values("direction").Where(way => way is "left" or "right" or "top" or "bottom" or "front" || way.Contains('-', StringComparison.Ordinal)).ToList();
        var high = ways.FirstOrDefault(way => way is "top" or "bottom");
        var side = ways.FirstOrDefault(way => way is "left" or "right");
        if (ways.FirstOrDefault(way => way.Contains('-', StringComparison.Ordinal)) is { } corner) slots.Set("direction", corner);
        else if (high is not null && side is not null) slots.Set("direction", $"{high}-{side}");
        else if (ways.Count > 0) slots.Set("direction", ways[0]);
        if (clause.Value("color") is { } color) slots.Set("color", color);
        else if (clause.Has("warm")) slots.Set("color", "#ffc58f");
        else if (clause.Has("cool")) slots.Set("color", "#9fc5ff");
        if (clause.Number("percent") is { } percent) slots.Set("intensity", Math.Round(Math.Clamp(percent / 100, 0, 2), 2));
        else if (clause.Amount < 1) slots.Set("intensity", 0.5);
        return slots;
    }
}
