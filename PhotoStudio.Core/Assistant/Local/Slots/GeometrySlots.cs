using System.Globalization;
using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>Sizes, shapes, sides and turns.</summary>
internal static class GeometrySlots
{
    private static readonly string[] Sides = ["left", "right", "top", "bottom"];

    /// <summary>The box of a crop.</summary>
    public static ReadSlots Crop(Clause clause, ReadSlots slots, SlotContext context)
    {
        if (clause.Value("size") is { } size && !slots.Parameters.ContainsKey("width"))
        {
            var (width, height) = Pair(size);
            slots.Set("width", width).Set("height", height);
        }
        else if (!slots.Parameters.ContainsKey("width") && clause.Value("ratio") is { } ratio)
        {
            slots.Set("aspect_ratio", ratio);
        }

        if (!slots.Parameters.ContainsKey("aspect_ratio") && !slots.Parameters.ContainsKey("width")) slots.Missing = "aspect_ratio";
        if (!slots.Parameters.ContainsKey("x") || !slots.Parameters.ContainsKey("y"))
        {
            slots.Parameters.Remove("x");
            slots.Parameters.Remove("y");
            slots.Set("gravity", Gravity(clause));
        }

        return slots;
    }

    /// <summary>The target of a resize: pixels, or a share of the size.</summary>
    public static ReadSlots Resize(Clause clause, ReadSlots slots, SlotContext context)
    {
        if (clause.Value("mode") is { } mode) slots.Set("mode", mode);
        if (slots.Parameters.ContainsKey("width") || slots.Parameters.ContainsKey("height") || slots.Parameters.ContainsKey("scale")) return slots;
        if (clause.Value("size") is { } size)
        {
            var (width, height) = Pair(size);
            return slots.Set("width", width).Set("height", height);
        }

        slots.Parameters.Remove("mode");
        if (clause.Number("halfsize") is { } share) return slots.Set("scale", share);
        if (clause.Number("percent") is { } percent)
        {
            var isDifference = clause.Has("by") || (clause.Has("smaller", "less") && !clause.Has("direction"));
            return slots.Set("scale", Math.Round(isDifference ? Math.Max(0.01, 1 - (percent / 100)) : percent / 100, 4));
        }

        if ((clause.Number("pixels") ?? clause.Number("number")) is { } pixels && pixels >= 8) return slots.Set(clause.Value("side") ?? "width", Whole(pixels));
        if ((clause.Number("times") ?? clause.Number("doublesize")) is { } times) return slots.Set("scale", Math.Round(clause.Has("shrink", "smaller") ? 1 / Math.Max(1, times) : times, 4));
        if (clause.Has("shrink", "smaller")) return slots.Set("scale", 0.5);
        slots.Missing = "width";
        return slots;
    }

    /// <summary>The factor of an enlargement.</summary>
    public static ReadSlots Upscale(Clause clause, ReadSlots slots, SlotContext context)
    {
        var factor = clause.Number("times") ?? clause.Number("doublesize") ?? (clause.Number("percent") is { } percent ? percent / 100 : (double?)null)
            ?? (clause.Number("number") is { } number and <= 64 ? number : (double?)null);
        return factor is { } value ? slots.Set("scale", value) : slots;
    }

    /// <summary>How far a picture is continued, and on which sides.</summary>
    public static ReadSlots Expand(Clause clause, ReadSlots slots, SlotContext context)
    {
        if (Sides.Any(slots.Parameters.ContainsKey)) return slots;
        if (clause.Value("ratio") is { } ratio) return slots.Set("aspect_ratio", ratio);
        if ((clause.Number("pixels") ?? clause.Number("number")) is not { } pixels)
        {
            slots.Missing = "aspect_ratio";
            return slots;
        }

        var sides = clause.Values("direction").Where(side => Array.IndexOf(Sides, side) >= 0).ToList();
        if (sides.Count == 0 || clause.Values("direction").Contains("all")) sides = [.. Sides];
        foreach (var side in sides) slots.Set(side, Whole(pixels));
        return slots;
    }

    /// <summary>Degrees clockwise.</summary>
    public static ReadSlots Rotate(Clause clause, ReadSlots slots, SlotContext context)
    {
        var isUpsideDown = clause.Has("upsidedown") && clause.Number("degrees") is null;
        var ways = clause.Values("direction");
        var angle = clause.Number("degrees") ?? clause.Number("number") ?? (clause.Has("halfturn") || isUpsideDown ? 180 : 90);
        if (ways.Contains("left") || ways.Contains("counterclockwise")) angle = -angle;
        if (clause.Value("color") is { } color) slots.Set("background", color);
        if (clause.Has("straighten") && !slots.Parameters.ContainsKey("angle") && !clause.Has("degrees", "number", "direction", "upsidedown", "rotate"))
        {
            slots.Missing = "angle";
            return slots;
        }

        return slots.Set("angle", Math.Abs(angle) > 360 ? angle % 360 : angle);
    }

    /// <summary>Which way a picture is mirrored.</summary>
    public static ReadSlots Flip(Clause clause, ReadSlots slots, SlotContext context)
    {
        var ways = clause.Values("direction");
        var isVertical = clause.Has("upsidedown") || ways.Contains("vertical") || ways.Contains("top") || ways.Contains("bottom");
        var isHorizontal = ways.Contains("horizontal");
        return slots.Set("direction", isVertical && isHorizontal ? "both" : isVertical ? "vertical" : "horizontal");
    }

    private static string Gravity(Clause clause)
    {
        var ways = clause.Values("direction");
        if (ways.FirstOrDefault(way => way.Contains('-', StringComparison.Ordinal)) is { } corner)
        {
            var parts = corner.Split('-');
            return $"{(parts[0] == "top" ? "north" : "south")}-{(parts[1] == "left" ? "west" : "east")}";
        }

        return ways.FirstOrDefault(way => way is "left" or "right" or "top" or "bottom" or "center") ?? "smart";
    }

    private static (int Width, int Height) Pair(string size)
    {
        var sides = size.Split('x');
        return (Whole(NumberWords.Parse(sides[0])), Whole(NumberWords.Parse(sides[1])));
    }

    private static int Whole(double number) => (int)Math.Clamp(Math.Round(number), int.MinValue, int.MaxValue);

    /// <summary>A number as it is written in messages.</summary>
    public static string Text(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
