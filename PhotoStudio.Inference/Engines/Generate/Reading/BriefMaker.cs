using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Vocabulary;
using GenerateOperation = PhotoStudio.Core.Operations.Generate;

namespace PhotoStudio.Inference.Engines.Generate.Reading;

/// <summary>Turns a prompt and a negative prompt into what to paint, and says what of it cannot be shown.</summary>
internal static class BriefMaker
{
    private static readonly string[] Tones = ["pastel", "vivid", "muted", "dark", "bright", "warm", "cool", "monochrome", "sepia"];

    /// <summary>What to paint.</summary>
    public static SceneOrder Read(OperationParameters parameters, long seed)
    {
        var prompt = SceneVocabulary.Read(parameters.Get(GenerateOperation.Prompt));
        var negative = SceneVocabulary.Read(parameters.Get(GenerateOperation.NegativePrompt));
        var avoids = prompt.Negated
            .Concat(negative.Things).Concat(negative.Colors).Concat(negative.Tints.Values).Concat(negative.Tones).Concat(negative.Styles)
            .ToHashSet(StringComparer.Ordinal);
        var shows = prompt.Things.Where(thing => !avoids.Contains(thing)).ToHashSet(StringComparer.Ordinal);
        foreach (var (old, who) in (ReadOnlySpan<(string, string)>)[("old-man", "person"), ("old-woman", "woman")])
            if (shows.Contains(old)) shows.Add(who);
        var palette = prompt.Colors.Concat(prompt.Tones).Where(color => !avoids.Contains(color)).ToList();
        var kind = KindOf(prompt, shows);

        // A colour beside a word that is no thing of the picture, such as a time of day, colours the whole of it.
        var tints = prompt.Tints.Where(tint => !avoids.Contains(tint.Value)).ToDictionary(StringComparer.Ordinal);
        foreach (var (thing, color) in tints.Where(tint => !SceneSupport.TakesColor(kind, tint.Key)).ToArray())
        {
            tints.Remove(thing);
            palette.Add(color);
        }

        var brief = new SceneBrief
        {
            Shows = shows, Avoids = avoids, Counts = prompt.Counts, Tints = tints, Palette = palette, Seed = seed,
        };
        var missing = shows.Where(thing => !SceneSupport.Shows(kind, thing)).ToArray();
        return new(brief, kind, StyleOf(parameters, prompt, avoids), prompt)
        {
            Shown = [.. prompt.Things.Where(thing => shows.Contains(thing) && !missing.Contains(thing, StringComparer.Ordinal))],
            NotShown = missing,
            Unrecognised = prompt.Unrecognised,
        };
    }

    private static SceneKind KindOf(SceneReading prompt, HashSet<string> shows)
    {
        if (shows.Contains("portrait")) return SceneKind.Portrait;
        if (shows.Overlaps(["pattern", "mandala", "tiles", "stripes", "dots", "hexagon", "scales"])) return SceneKind.Pattern;
        var land = shows.Any(thing => SceneSupport.IsLandscape(thing));
        if (shows.Contains("abstract") || (shows.Overlaps(["geometric", "fluid", "color-field", "circles", "lines", "spiral", "triangle"]) && !land))
            return SceneKind.Abstract;
        if (shows.Overlaps(["nebula", "planet", "saturn", "earth", "astronaut", "rocket"]) || (shows.Overlaps(["space", "galaxy"]) && !land))
            return SceneKind.Space;
        if (shows.Overlaps(["still-life", "vase", "bouquet", "bowl", "fruit", "apple", "pear", "lemon", "orange-fruit", "grape", "bottle", "glass", "cup", "candle", "book", "bread", "table"]) && !land)
            return SceneKind.StillLife;
        if (land || shows.Count > 0 && !shows.IsSubsetOf(Moods)) return SceneKind.Landscape;

        // Nothing that can be seen is named: colours and moods make an abstract picture.
        return prompt.Things.Count > 0 && shows.Count == 0 ? SceneKind.Landscape : SceneKind.Abstract;
    }

    private static readonly HashSet<string> Moods = new(["calm", "dramatic", "dreamy", "cozy", "lonely", "happy"], StringComparer.Ordinal);

    private static PaintingStyle StyleOf(OperationParameters parameters, SceneReading prompt, HashSet<string> avoids)
    {
        var asked = parameters.Get(GenerateOperation.Style);
        if (asked != PaintingStyle.Auto) return asked;
        foreach (var style in prompt.Styles.Where(style => !avoids.Contains(style)))
        {
            PaintingStyle? named = style switch
            {
                "photorealistic" => PaintingStyle.Photorealistic,
                "oil-painting" => PaintingStyle.OilPainting,
                "watercolor" => PaintingStyle.Watercolor,
                "impressionist" => PaintingStyle.Impressionist,
                "pointillist" => PaintingStyle.Pointillist,
                "ink" => PaintingStyle.Ink,
                "pencil" => PaintingStyle.Pencil,
                "pop-art" => PaintingStyle.PopArt,
                "anime" => PaintingStyle.Anime,
                "cartoon" => PaintingStyle.DigitalArt,
                "ukiyo-e" => PaintingStyle.UkiyoE,
                "pixel-art" => PaintingStyle.PixelArt,
                "low-poly" => PaintingStyle.LowPoly,
                "mosaic" => PaintingStyle.Mosaic,
                "vintage" => PaintingStyle.Vintage,
                "neon" => PaintingStyle.Neon,
                "minimalist" => PaintingStyle.Minimalist,
                "paper-cut" => PaintingStyle.PaperCut,
                _ => null,
            };
            if (named is { } found) return found;
        }

        return PaintingStyle.Auto;
    }

    /// <summary>Whether a word is about the whole picture's colours.</summary>
    public static bool IsTone(string concept) => Tones.Contains(concept, StringComparer.Ordinal);
}

/// <summary>What the painter is to do, and what it says about it afterwards.</summary>
/// <param name="Brief">What to show.</param>
/// <param name="Kind">The kind of picture.</param>
/// <param name="Style">How it is painted.</param>
/// <param name="Reading">The prompt as it was read.</param>
internal sealed record SceneOrder(SceneBrief Brief, SceneKind Kind, PaintingStyle Style, SceneReading Reading)
{
    /// <summary>The things of the prompt that the picture shows.</summary>
    public IReadOnlyList<string> Shown { get; init; } = [];

    /// <summary>Things of the prompt that the vocabulary has and this kind of picture does not show.</summary>
    public IReadOnlyList<string> NotShown { get; init; } = [];

    /// <summary>Words of the prompt that the vocabulary does not have.</summary>
    public IReadOnlyList<string> Unrecognised { get; init; } = [];
}

/// <summary>The kinds of pictures.</summary>
internal enum SceneKind
{
    Landscape,
    Space,
    StillLife,
    Portrait,
    Pattern,
    Abstract,
}
