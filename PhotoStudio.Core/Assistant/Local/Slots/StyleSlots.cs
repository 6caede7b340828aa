using System.Collections.Frozen;
using PhotoStudio.Core.Assistant.Local.Reading;

namespace PhotoStudio.Core.Assistant.Local.Slots;

/// <summary>Styles by name, or a picture whose style is taken.</summary>
internal static class StyleSlots
{
    // What generate calls the styles that style-transfer has.
    private static readonly FrozenDictionary<string, string> Paintings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["oil"] = "oil-painting", ["impressionist"] = "impressionist", ["watercolor"] = "watercolor", ["pencil"] = "pencil", ["colored-pencil"] = "pencil",
        ["charcoal"] = "pencil", ["ink"] = "ink", ["woodcut"] = "ukiyo-e", ["cartoon"] = "digital-art", ["anime"] = "anime", ["poster"] = "digital-art",
        ["comic"] = "pop-art", ["pop-art"] = "pop-art", ["pointillism"] = "pointillist", ["mosaic"] = "mosaic", ["stained-glass"] = "mosaic",
        ["low-poly"] = "low-poly", ["pixel-art"] = "pixel-art", ["vintage-film"] = "vintage", ["neon"] = "neon",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The style and how much of it.</summary>
    public static ReadSlots Read(Clause clause, ReadSlots slots, SlotContext context)
    {
        SlotReader.Strength(clause, slots);
        var styles = clause.Values("style");

        // "A charcoal sketch", "un dibujo a carboncillo": the word that says more.
        if (styles.Count > 0) return slots.Set("style", styles.FirstOrDefault(style => style != "pencil") ?? styles[0]);
        if (context.Pictures > 1 || (context.Pictures == 1 && clause.Has("ordinal"))) slots.UsesSecondPicture = true;
        else slots.Missing = "style";
        return slots;
    }

    /// <summary>What generate calls a style of style-transfer; null where it has none like it.</summary>
    public static string? ForGenerate(string style) => Paintings.GetValueOrDefault(style);
}
