using System.Text.Json;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>What falls from the sky or stands in the air.</summary>
internal enum Weather
{
    /// <summary>Nothing.</summary>
    Clear,

    /// <summary>Slanting streaks of rain and duller colours.</summary>
    Rain,

    /// <summary>Flakes, near and far, and a dusting on bright surfaces.</summary>
    Snow,

    /// <summary>Haze that thickens behind the subject.</summary>
    Fog,
}

/// <summary>The time of the year.</summary>
internal enum Season
{
    /// <summary>As it is.</summary>
    AsIs,

    /// <summary>Fresh, light greens.</summary>
    Spring,

    /// <summary>Deep greens and warm light.</summary>
    Summer,

    /// <summary>Greens turned to gold and rust.</summary>
    Autumn,

    /// <summary>Greens faded and frosted.</summary>
    Winter,
}

/// <summary>What becomes of the background.</summary>
internal enum Backdrop
{
    /// <summary>It stays.</summary>
    Kept,

    /// <summary>Out of focus.</summary>
    Blurred,

    /// <summary>A plain studio wall, brighter behind the subject.</summary>
    Studio,

    /// <summary>Dark around a lit subject.</summary>
    Spotlight,

    /// <summary>Painted, while the subject stays a photograph.</summary>
    Painted,

    /// <summary>In the mood's two colours.</summary>
    Duotone,
}

/// <summary>How one picture is made out of another.</summary>
internal sealed record Recipe
{
    private static readonly PictureStyle[] Media =
    [
        PictureStyle.Oil, PictureStyle.Impressionist, PictureStyle.Watercolor, PictureStyle.Pastel, PictureStyle.Anime,
        PictureStyle.VintageFilm, PictureStyle.Poster, PictureStyle.SketchAndWash, PictureStyle.Risograph, PictureStyle.ColoredPencil,
    ];

    private static readonly Weather[] Weathers = [Weather.Rain, Weather.Snow, Weather.Fog, Weather.Fog];
    private static readonly Season[] Seasons = [Season.Spring, Season.Summer, Season.Autumn, Season.Winter];

    private static readonly Backdrop[] Backdrops =
        [Backdrop.Blurred, Backdrop.Blurred, Backdrop.Studio, Backdrop.Spotlight, Backdrop.Painted, Backdrop.Duotone];

    /// <summary>Light and colours.</summary>
    public required Mood Mood { get; init; }

    /// <summary>How much of all of it, 0–1.</summary>
    public required float Amount { get; init; }

    /// <summary>How much of the mood, 0–1.</summary>
    public required float MoodAmount { get; init; }

    /// <summary>The weather.</summary>
    public Weather Weather { get; init; }

    /// <summary>The season.</summary>
    public Season Season { get; init; }

    /// <summary>The background.</summary>
    public Backdrop Backdrop { get; init; }

    /// <summary>The medium; null for a photograph.</summary>
    public PictureStyle? Style { get; init; }

    /// <summary>How much of the medium, 0–1.</summary>
    public float StyleStrength { get; init; }

    /// <summary>Whether left and right change places.</summary>
    public bool Mirrored { get; init; }

    /// <summary>How much nearer it is seen, 1 for not at all.</summary>
    public float Zoom { get; init; } = 1;

    /// <summary>How far it is tilted, in radians.</summary>
    public float Tilt { get; init; }

    /// <summary>Where the light comes from, 0 (left) to 1 (right).</summary>
    public required float LightX { get; init; }

    /// <summary>Where the light comes from, 0 (top) to 1 (bottom).</summary>
    public required float LightY { get; init; }

    /// <summary>How far all hues turn, in radians.</summary>
    public float HueTurn { get; init; }

    /// <summary>How much the lights bloom, 0–1.</summary>
    public float Bloom { get; init; }

    /// <summary>Decides what chance decides within the parts.</summary>
    public required long Seed { get; init; }

    /// <summary>Draws what the wishes leave open.</summary>
    /// <param name="seed">Decides.</param>
    /// <param name="imagination">0–1.</param>
    /// <param name="wishes">What is asked for.</param>
    /// <param name="mood">The mood, unless one is wished for; null lets chance decide.</param>
    public static Recipe Draw(long seed, float imagination, Wishes wishes, Mood? mood = null)
    {
        var random = SeededRandom.For(seed, "recipe");
        var drawn = random.Pick(Mood.All);

        // With a prompt chance adds little of its own.
        var free = imagination * (wishes.IsEmpty ? 1 : 0.35f);
        var style = random.Chance(free * free * 0.75f) ? random.Pick(Media) : (PictureStyle?)null;
        var weather = random.Chance(free * 0.3f) ? random.Pick(Weathers) : Weather.Clear;
        var season = random.Chance(free * 0.35f) ? random.Pick(Seasons) : Season.AsIs;
        var backdrop = random.Chance(free * 0.7f) ? random.Pick(Backdrops) : Backdrop.Kept;
        style = wishes.Style ?? style;
        var amount = Math.Clamp((0.4f + (0.75f * imagination)) * Math.Min(1, imagination * 6), 0, 1);
        return new Recipe
        {
            Seed = seed,
            Mood = wishes.Mood ?? mood ?? drawn,
            Amount = amount,

            // Where the prompt wishes for something else, chance's own light stays in the background.
            MoodAmount = wishes.Mood is null && !wishes.IsEmpty ? 0.4f * amount : amount,
            Weather = wishes.Weather ?? weather,
            Season = wishes.Season ?? season,
            Backdrop = wishes.Backdrop ?? backdrop,
            Style = style,
            StyleStrength = style is null ? 0 : wishes.Style is null ? 0.35f + (0.6f * imagination) : Math.Min(1, 0.45f + imagination),
            Mirrored = wishes.Mirrored || random.Chance(free * 0.2f),
            Zoom = 1 + (0.2f * imagination * random.Unit()),
            Tilt = 0.035f * imagination * random.Normal(),
            LightX = random.Chance(0.5f) ? random.Range(-0.05f, 0.25f) : random.Range(0.75f, 1.05f),
            LightY = random.Range(-0.05f, 0.35f),
            HueTurn = 0.12f * free * random.Normal(),
            Bloom = random.Range(0, 0.6f) * imagination,
        };
    }

    /// <summary>What was done, in a sentence.</summary>
    /// <param name="hasSubject">Whether there was a background to treat.</param>
    public string Tell(bool hasSubject)
    {
        List<string> parts = [Mood.Name];
        if (Weather != Weather.Clear) parts.Add(Weather.ToString().ToLowerInvariant());
        if (Season != Season.AsIs) parts.Add(Season.ToString().ToLowerInvariant());
        if (Backdrop != Backdrop.Kept && hasSubject) parts.Add($"{Backdrop.ToString().ToLowerInvariant()} background");
        if (Style is { } style) parts.Add($"in the style {JsonNamingPolicy.KebabCaseLower.ConvertName(style.ToString())}");
        if (Mirrored) parts.Add("mirrored");
        return $"Made by rules out of the original: {string.Join(", ", parts)}.";
    }
}
