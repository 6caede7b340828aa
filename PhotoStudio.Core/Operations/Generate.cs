namespace PhotoStudio.Core.Operations;

/// <summary>Makes a picture from words.</summary>
public sealed class Generate : Operation
{
    /// <summary>The size, in pixels, when neither side nor ratio is given.</summary>
    public const int DefaultSize = 1024;

    /// <summary>The longest prompt, in characters.</summary>
    public const int PromptLength = 2000;

    private const int SmallestSide = 128;
    private const int LargestSide = 2048;

    /// <summary>What to show.</summary>
    public static readonly TextParameter Prompt =
        new("prompt", "What the picture shows, in English, Vietnamese or Spanish; 1 to 2,000 characters.", 1, PromptLength) { Required = true };

    /// <summary>What not to show.</summary>
    public static readonly TextParameter NegativePrompt =
        new("negative_prompt", "What must not be seen, up to 2,000 characters.", 0, 2000) { Default = "" };

    /// <summary>Width.</summary>
    public static readonly IntegerParameter Width =
        new("width", "Width in pixels, 128 to 2048; by aspect_ratio and height, or 1024, when left out.", SmallestSide, LargestSide);

    /// <summary>Height.</summary>
    public static readonly IntegerParameter Height =
        new("height", "Height in pixels, 128 to 2048; by aspect_ratio and width, or 1024, when left out.", SmallestSide, LargestSide);

    /// <summary>Proportions.</summary>
    public static readonly AspectRatioParameter Ratio = new(
        "aspect_ratio", "Width to height, such as 16:9, with one side or none; without a side the picture has about one megapixel.");

    /// <summary>Steps of a diffusion model.</summary>
    public static readonly IntegerParameter Steps =
        new("num_inference_steps", "Steps of a diffusion model, 1 to 150; the builtin painter has none and takes no notice.", 1, 150)
        {
            Default = 30,
            Aliases = ["steps"],
        };

    /// <summary>How strictly a model follows the prompt.</summary>
    public static readonly NumberParameter Guidance =
        new("guidance_scale", "How strictly a diffusion model follows the prompt, 0 to 30; the builtin painter takes no notice.", 0, 30)
        {
            Default = 7.5,
        };

    /// <summary>The seed.</summary>
    public static readonly IntegerParameter Seed = new(
        "seed",
        "The same seed gives the same picture, another seed another one; 0 to 2,147,483,647. Left out, one is drawn and reported.",
        0,
        int.MaxValue);

    /// <summary>The style.</summary>
    public static readonly ChoiceParameter<PaintingStyle> Style =
        new("style", "How it is painted; auto takes what the prompt names, and a natural look otherwise.", PaintingStyle.Auto)
        {
            ChoiceAliases = new Dictionary<string, PaintingStyle>(StringComparer.Ordinal)
            {
                ["realistic"] = PaintingStyle.Photorealistic,
                ["photographic"] = PaintingStyle.Photorealistic,
                ["photo"] = PaintingStyle.Photorealistic,
                ["none"] = PaintingStyle.Auto,
                ["oil"] = PaintingStyle.OilPainting,
                ["watercolour"] = PaintingStyle.Watercolor,
                ["cartoon"] = PaintingStyle.DigitalArt,
                ["sketch"] = PaintingStyle.Pencil,
                ["cinematic"] = PaintingStyle.Photorealistic,
                ["impressionism"] = PaintingStyle.Impressionist,
                ["cyberpunk"] = PaintingStyle.Neon,
                ["vivid"] = PaintingStyle.Auto,
                ["natural"] = PaintingStyle.Photorealistic,
            },
        };

    /// <inheritdoc/>
    public override string Name => "generate";

    /// <inheritdoc/>
    public override string Title => "Generate";

    /// <inheritdoc/>
    public override string Description =>
        "Makes a picture from words. Without a diffusion model the builtin painter composes it by procedure: landscapes by time of day, "
        + "weather and season, cities, still lifes, portraits, space, patterns and abstractions. The result's data names what is shown and "
        + "the words that could not be.";

    /// <inheritdoc/>
    public override IReadOnlyList<InputSlot> Inputs { get; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } =
        [
        Prompt, NegativePrompt, Width, Height, Ratio, Style, Seed, Steps, Guidance,
        FinishParameters.PaintStyle, FinishParameters.PaintStrength, FinishParameters.Brush, FinishParameters.Palette,
        FinishParameters.Background, FinishParameters.StyleId, .. OutputParameters.All,
    ];

    /// <inheritdoc/>
    public override SourceKind Source => SourceKind.Generated;

    /// <inheritdoc/>
    public override OperationCost Cost { get; } = new(QuotaKind.Generation);

    /// <summary>The size in pixels that parameters ask for.</summary>
    public static (int Width, int Height) SizeOf(OperationParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        int? width = parameters.Find(Width), height = parameters.Find(Height);
        if (parameters.Find(Ratio) is not { } ratio) return (width ?? height ?? DefaultSize, height ?? width ?? DefaultSize);
        return (width, height) switch
        {
            ({ } w, { } h) => (w, h),
            ({ } w, null) => (w, Round(w / ratio.Value)),
            (null, { } h) => (Round(h * ratio.Value), h),
            _ => Megapixel(ratio.Value),
        };
    }

    /// <inheritdoc/>
    public override void Check(OperationParameters parameters, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(faults);
        FinishParameters.Check(parameters, faults);
        if (parameters.Find(Width) is not null && parameters.Find(Height) is not null && parameters.Find(Ratio) is not null)
            faults.Add(Ratio.Name, "give width, height, or one of them with aspect_ratio, not all three.");
        var (width, height) = SizeOf(parameters);
        if (width is < SmallestSide or > LargestSide || height is < SmallestSide or > LargestSide)
            faults.Add(Ratio.Name, $"gives a picture of {width}×{height} pixels; each side must be {SmallestSide} to {LargestSide}.");
    }

    private static (int Width, int Height) Megapixel(double ratio)
    {
        var height = Math.Sqrt(DefaultSize * (double)DefaultSize / ratio);
        var width = height * ratio;

        // Very wide and very tall pictures have fewer pixels, so that no side is too long.
        var scale = Math.Min(1, LargestSide / Math.Max(width, height));
        return (RoundToEight(width * scale), RoundToEight(height * scale));
    }

    private static int RoundToEight(double side) => Math.Max(1, (int)Math.Round(side / 8)) * 8;

    private static int Round(double side) => (int)Math.Clamp(Math.Round(side), 0, int.MaxValue);
}

/// <summary>How a generated picture is painted.</summary>
public enum PaintingStyle
{
    /// <summary>What the prompt names, a natural look otherwise.</summary>
    Auto,

    /// <summary>As if through a lens.</summary>
    Photorealistic,

    /// <summary>Clean colours, a little stronger than nature.</summary>
    DigitalArt,

    /// <summary>Oil on canvas.</summary>
    OilPainting,

    /// <summary>Transparent washes on paper.</summary>
    Watercolor,

    /// <summary>Short strokes of broken colour.</summary>
    Impressionist,

    /// <summary>Dots of pure colour.</summary>
    Pointillist,

    /// <summary>Ink wash on paper.</summary>
    Ink,

    /// <summary>Pencil hatching.</summary>
    Pencil,

    /// <summary>Flat loud colours and halftone dots.</summary>
    PopArt,

    /// <summary>Clear colours and cel shading.</summary>
    Anime,

    /// <summary>A colour woodblock print.</summary>
    UkiyoE,

    /// <summary>Large square pixels of few colours.</summary>
    PixelArt,

    /// <summary>Flat triangles.</summary>
    LowPoly,

    /// <summary>Pieces of glass or stone.</summary>
    Mosaic,

    /// <summary>Faded film.</summary>
    Vintage,

    /// <summary>Glowing magenta and cyan in the dark.</summary>
    Neon,

    /// <summary>Few quiet tones.</summary>
    Minimalist,

    /// <summary>Layers of cut paper.</summary>
    PaperCut,
}
