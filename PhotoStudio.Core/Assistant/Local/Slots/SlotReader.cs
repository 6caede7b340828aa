using System.Collections.Frozen;
using PhotoStudio.Core.Assistant.Local.Reading;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>Reads an operation's parameters from a wish: parameters that are named outright, then what the operation's own rules make of the words.</summary>
internal static class SlotReader
{
    private static readonly FrozenDictionary<string, Func<Clause, ReadSlots, SlotContext, ReadSlots>> Rules =
        new Dictionary<string, Func<Clause, ReadSlots, SlotContext, ReadSlots>>(StringComparer.Ordinal)
        {
            ["adjust"] = AdjustSlots.Read,
            ["convert"] = OutputSlots.Convert,
            ["crop"] = GeometrySlots.Crop,
            ["denoise"] = (clause, slots, _) => Strength(clause, slots),
            ["edit"] = (_, slots, _) => Missing(slots, "prompt"),
            ["enhance"] = (clause, slots, _) => Strength(clause, slots),
            ["expand"] = GeometrySlots.Expand,
            ["face-enhance"] = (clause, slots, _) => Strength(clause, slots),
            ["face-swap"] = (clause, slots, _) => clause.Has("consent") ? slots.Set("consent", true) : slots,
            ["flip"] = GeometrySlots.Flip,
            ["generate"] = PromptSlots.Generate,
            ["illustrate"] = PromptSlots.Illustrate,
            ["inpaint"] = RegionSlots.Inpaint,
            ["moderate"] = PromptSlots.Moderate,
            ["object-removal"] = RegionSlots.Remove,
            ["reimagine"] = PromptSlots.Reimagine,
            ["relight"] = LightSlots.Read,
            ["remove-background"] = (clause, slots, _) => clause.Has("matte") ? slots.Set("result", "matte") : slots,
            ["replace-background"] = BackgroundSlots.Read,
            ["resize"] = GeometrySlots.Resize,
            ["rotate"] = GeometrySlots.Rotate,
            ["style-transfer"] = StyleSlots.Read,
            ["upscale"] = GeometrySlots.Upscale,
            ["variations"] = (clause, slots, _) => clause.Number("number") is { } count ? slots.Set("num_variations", (int)Math.Clamp(count, 1, 8)) : slots,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a wish says about an operation.</summary>
    public static ReadSlots Read(Operation operation, Clause clause, SlotContext context)
    {
        var slots = new ReadSlots { Parameters = operation.Name == "adjust" ? [] : NamedSlots.Read(operation, clause) };
        if (Rules.TryGetValue(operation.Name, out var rule)) slots = rule(clause, slots, context);
        if (operation.Name != "convert" && operation.FindParameter("output_format") is not null && clause.Value("format") is { } format) slots.Set("output_format", format);
        return slots;
    }

    /// <summary>How strongly, where the wish says so: a share, or less than all.</summary>
    public static ReadSlots Strength(Clause clause, ReadSlots slots, string name = "strength")
    {
        if (clause.Number("percent") is { } percent) return slots.Set(name, Math.Round(Math.Clamp(percent / 100, 0, 1), 2));
        return clause.Amount < 1 ? slots.Set(name, clause.Amount) : slots;
    }

    private static ReadSlots Missing(ReadSlots slots, string name)
    {
        slots.Missing = name;
        return slots;
    }
}

/// <summary>What the words around a wish add to it.</summary>
/// <param name="Direction">1 for more, −1 for less, 0 for neither: the wish's own, or what it takes over from the one before.</param>
/// <param name="Pictures">How many pictures came with the message.</param>
internal sealed record SlotContext(int Direction, int Pictures);
