using System.Globalization;
using System.Text.Json.Nodes;

namespace PhotoStudio.Core.Instructions;

/// <summary>What a clause amounts to.</summary>
/// <param name="Steps">What is to be done, in order.</param>
/// <param name="Note">Why what was understood cannot be done; null when it can.</param>
internal sealed record ClauseReading(IReadOnlyList<InstructedStep> Steps, string? Note = null)
{
    public static ClauseReading Nothing { get; } = new([]);

    public static ClauseReading Of(string operation, JsonObject? parameters = null, double? scale = null) =>
        new([new(operation, parameters ?? [], scale)]);

    public static ClauseReading Refused(string note) => new([], note);
}

/// <summary>The rules that turn a clause's concepts into operations, the most specific first.</summary>
internal static class InstructionRules
{
    private static readonly string[] Verbs =
    [
        "remove", "replace", "make", "rotate", "turn", "flip", "crop", "resize", "enlarge", "shrink", "convert", "enhance", "denoise", "upscale", "expand",
        "increase", "decrease", "add", "blur", "cutout", "more", "less",
    ];

    private static readonly Func<InstructionClause, int, bool, ClauseReading?>[] Rules =
    [
        (clause, _, removes) => Background(clause, removes),
        (clause, _, _) => clause.Has("scene") ? Scene(clause) : null,
        (clause, _, _) => Relight(clause),
        (clause, _, _) => Rotate(clause),
        (clause, _, _) => clause.Has("flip") ? Flip(clause) : null,
        (clause, _, _) => Expand(clause),
        (clause, _, _) => Size(clause),
        (clause, _, _) => Crop(clause),
        (clause, _, removes) => Noise(clause, removes),
        (clause, _, _) => Face(clause),
        (clause, _, _) => Style(clause),
        (clause, direction, _) => AdjustmentRules.Read(clause, direction) is { } step ? new([step]) : null,
        (clause, _, _) => Enhance(clause),
        (clause, _, _) => clause.Has("format") ? ClauseReading.Refused("The file format is chosen by output_format.") : null,
        (clause, _, removes) => removes
            ? ClauseReading.Refused($"\"{clause.Text}\": what is to go has to be shown; use object-removal with a mask, boxes or a polygon.")
            : null,
    ];

    /// <summary>Whether the clause says what to do.</summary>
    public static bool HasVerb(InstructionClause clause) => clause.Has(Verbs);

    /// <summary>What the clause amounts to.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="direction">1 for more, −1 for less, 0 for neither.</param>
    /// <param name="removes">Whether something is to go, by this clause or the one before.</param>
    public static ClauseReading Read(InstructionClause clause, int direction, bool removes)
    {
        foreach (var rule in Rules)
            if (rule(clause, direction, removes) is { } reading) return reading;
        return ClauseReading.Nothing;
    }

    private static ClauseReading? Background(InstructionClause clause, bool removes)
    {
        if (clause.Has("cutout") || (clause.Has("transparent") && !clause.Has("crop"))) return ClauseReading.Of("remove-background");
        if (!clause.Has("background")) return null;
        if (clause.Has("blur"))
            return ClauseReading.Of("replace-background", new() { ["background"] = "blur", ["blur"] = Math.Clamp(Math.Round(50 * clause.Amount), 1, 100) });
        var colors = clause.Values("color");
        if (colors.Count >= 2)
            return ClauseReading.Of("replace-background", new() { ["background"] = "gradient", ["color"] = colors[0], ["color_to"] = colors[1] });
        if (colors.Count == 1) return ClauseReading.Of("replace-background", new() { ["background"] = "color", ["color"] = colors[0] });
        if (removes || clause.Has("without", "remove")) return ClauseReading.Of("remove-background");
        return clause.Has("replace", "make", "add")
            ? ClauseReading.Refused($"\"{clause.Text}\": the new background has to be a colour, two colours for a gradient, or blurred.")
            : null;
    }

    private static ClauseReading Scene(InstructionClause clause) =>
        ClauseReading.Of("reimagine", new() { ["prompt"] = string.Join(", ", clause.Values("scene").Concat(clause.Values("style")).Distinct()) });

    private static ClauseReading? Relight(InstructionClause clause)
    {
        if (!clause.Has("relight")) return null;
        return clause.Values("direction").FirstOrDefault(way => way is "left" or "right" or "top" or "bottom") is { } direction
            ? ClauseReading.Of("relight", new() { ["direction"] = direction })
            : null;
    }

    private static ClauseReading? Rotate(InstructionClause clause)
    {
        var isTurn = clause.Has("turn") && (clause.Has("degrees", "direction", "upsidedown", "halfturn"));
        if (clause.Has("upsidedown") && !clause.Has("flip")) return ClauseReading.Of("rotate", new() { ["angle"] = 180 });
        if (!clause.Has("rotate") && !isTurn) return null;
        var angle = clause.Number("degrees") ?? clause.Number("number") ?? (clause.Has("halfturn") ? 180 : 90);
        var isLeft = clause.Values("direction") is var ways && (ways.Contains("left") || ways.Contains("counterclockwise"));
        return ClauseReading.Of("rotate", new() { ["angle"] = Math.Clamp(isLeft ? -angle : angle, -360, 360) });
    }

    private static ClauseReading Flip(InstructionClause clause)
    {
        var ways = clause.Values("direction");
        var isVertical = clause.Has("upsidedown") || ways.Contains("vertical") || ways.Contains("top") || ways.Contains("bottom");
        var isHorizontal = ways.Contains("horizontal");
        return ClauseReading.Of("flip", new() { ["direction"] = isVertical && isHorizontal ? "both" : isVertical ? "vertical" : "horizontal" });
    }

    private static ClauseReading? Expand(InstructionClause clause)
    {
        if (!clause.Has("expand")) return null;
        if (clause.Value("ratio") is { } ratio) return ClauseReading.Of("expand", new() { ["aspect_ratio"] = ratio });
        if ((clause.Number("pixels") ?? clause.Number("number")) is not { } pixels)
            return ClauseReading.Refused($"\"{clause.Text}\": how far has to be said, as a ratio such as 16:9 or in pixels.");
        var sides = clause.Values("direction").Where(side => side is "left" or "right" or "top" or "bottom").DefaultIfEmpty("all").ToList();
        var parameters = new JsonObject();
        foreach (var side in sides.Contains("all") ? ["left", "right", "top", "bottom"] : sides) parameters[side] = (int)pixels;
        return ClauseReading.Of("expand", parameters);
    }

    private static ClauseReading? Size(InstructionClause clause)
    {
        if (clause.Has("upscale")) return Upscale(clause.Number("times") ?? clause.Number("number") ?? 2);
        if (clause.Has("crop") || !clause.Has("resize", "enlarge", "shrink", "halfsize", "doublesize", "resolution", "side")) return null;
        if (clause.Value("size") is { } size)
        {
            var sides = size.Split('x');
            return ClauseReading.Of("resize", new() { ["width"] = Whole(sides[0]), ["height"] = Whole(sides[1]), ["mode"] = "fit" });
        }

        if (clause.Has("resolution", "doublesize") || (clause.Has("enlarge") && clause.Has("times")))
            return Upscale(clause.Number("times") ?? clause.Number("doublesize") ?? 2);
        if ((clause.Number("pixels") ?? (clause.Has("side") || clause.Has("resize") ? clause.Number("number") : null)) is { } pixels)
            return ClauseReading.Of("resize", new() { [clause.Value("side") ?? "width"] = (int)pixels });
        if (clause.Number("halfsize") is { } share) return ClauseReading.Of("resize", [], share);
        if (clause.Number("percent") is { } percent)
        {
            var scale = clause.Has("shrink") && clause.Has("by") ? 1 - (percent / 100) : clause.Has("enlarge") && clause.Has("by") ? 1 + (percent / 100) : percent / 100;
            return scale is > 0.005 and <= 8 ? ClauseReading.Of("resize", [], scale) : null;
        }

        return clause.Has("shrink") ? ClauseReading.Of("resize", [], 0.5)
            : clause.Has("enlarge") ? Upscale(2)
            : ClauseReading.Refused($"\"{clause.Text}\": the size has to be said, in pixels, in percent, or as half or double.");
    }

    private static ClauseReading Upscale(double factor) => Operations.OperationCatalog.TryFind("upscale", out _)
        ? ClauseReading.Of("upscale", new() { ["scale"] = Math.Clamp(factor, 1, 8) })
        : ClauseReading.Of("resize", [], Math.Clamp(factor, 1, 8));

    private static ClauseReading? Crop(InstructionClause clause)
    {
        var ratio = clause.Value("ratio");
        if (clause.Value("size") is { } size && clause.Has("crop"))
        {
            var sides = size.Split('x');
            return ClauseReading.Of("crop", new() { ["width"] = Whole(sides[0]), ["height"] = Whole(sides[1]), ["gravity"] = Gravity(clause) });
        }

        if (ratio is not null) return ClauseReading.Of("crop", new() { ["aspect_ratio"] = ratio, ["gravity"] = Gravity(clause) });
        return clause.Has("crop")
            ? ClauseReading.Refused($"\"{clause.Text}\": the shape has to be said, such as square or 16:9, or a size in pixels.")
            : null;
    }

    private static string Gravity(InstructionClause clause) =>
        clause.Values("direction").FirstOrDefault(way => way is "left" or "right" or "top" or "bottom" or "center") ?? "smart";

    private static ClauseReading? Noise(InstructionClause clause, bool removes) =>
        !clause.Has("denoise") && !(clause.Has("noise") && !clause.Has("add", "increase", "more") && (removes || clause.Has("decrease", "less", "without", "enhance") || clause.Words.Count <= 2))
            ? null
            : ClauseReading.Of("denoise", new() { ["strength"] = Math.Min(1, clause.Amount) });

    private static ClauseReading? Face(InstructionClause clause) =>
        clause.Has("face") && clause.Has("enhance", "sharp", "bright", "make") ? ClauseReading.Of("face-enhance") : null;

    private static ClauseReading? Style(InstructionClause clause)
    {
        if (clause.Value("style") is not { } style) return null;
        return ClauseReading.Of(
            "style-transfer",
            clause.Number("amount") is { } amount and < 1
                ? new() { ["style"] = style, ["strength"] = amount }
                : new() { ["style"] = style });
    }

    private static ClauseReading? Enhance(InstructionClause clause) =>
        clause.Has("enhance") ? ClauseReading.Of("enhance", clause.Number("amount") is { } amount and < 1 ? new() { ["strength"] = amount } : []) : null;

    private static int Whole(string number) => (int)double.Parse(number, CultureInfo.InvariantCulture);
}
