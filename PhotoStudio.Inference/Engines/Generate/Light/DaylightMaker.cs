using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Light;

/// <summary>Chooses the light of a scene from the time of day, the weather and the season that the prompt names.</summary>
internal static class DaylightMaker
{
    /// <summary>The light of a scene.</summary>
    public static Daylight For(SceneBrief brief)
    {
        var random = brief.Random("light");
        var time = TimeOf(brief, random);
        var light = Clear(time, random);
        light = Place(light, brief, random);
        light = Weather(light, brief, random);
        return Colored(light, brief);
    }

    private static string TimeOf(SceneBrief brief, SeededRandom random)
    {
        if (brief.Has("sunrise")) return "sunrise";
        if (brief.Has("sunset")) return "sunset";
        if (brief.Has("golden-hour")) return "golden-hour";
        if (brief.Has("dusk")) return "dusk";
        if (brief.Has("night")) return "night";
        if (brief.Has("morning")) return "morning";
        if (brief.Has("day", "sun")) return "day";
        if (brief.Has("moon", "stars", "milky-way", "aurora", "firefly", "shooting-star", "firework")) return "night";
        if (brief.Has("rain", "snowfall", "fog", "storm", "overcast", "rainbow", "mist")) return "day";
        if (brief.Has("neon", "lantern")) return "dusk";
        return random.Pick(["day", "day", "morning", "golden-hour", "golden-hour", "sunset"]);
    }

    private static Daylight Clear(string time, SeededRandom random) => time switch
    {
        "sunrise" => new()
        {
            Time = time,
            Sky = Tone.Hexes(random.Pick([
                "3f5c9a 7f88bf d9a3b4 f8c49a ffe3b0", "4a6aa8 93a4cf e8b7b0 fbd3a6 fff0c8", "45508f 8b79b4 e394a0 f9b988 ffdf9e"])),
            Sun = new Vector3(1.5f, 1.0f, 0.62f) * 0.95f, Ambient = Tone.Hex("9a98bd") * 0.85f, Glow = Tone.Hex("ffc27a") * 1.1f,
            SunHeight = random.Range(0.03f, 0.09f), Steepness = 0.22f, CloudLight = Tone.Hex("ffd3b8") * 1.15f, CloudShade = Tone.Hex("8f84ad"),
            CloudCover = 0.42f, Visibility = 120,
        },
        "morning" => new()
        {
            Time = time,
            Sky = Tone.Hexes(random.Pick(["4a86c5 7fb0df b5d6ee e6ecdf fff0cf", "5d92c9 93bde2 c6deec f0ead6 ffe9c0"])),
            Sun = new Vector3(1.75f, 1.5f, 1.12f), Ambient = Tone.Hex("a9c2dd") * 0.72f, Glow = Tone.Hex("fff0c8") * 0.9f,
            SunHeight = random.Range(0.2f, 0.3f), Steepness = 0.4f, CloudLight = Tone.Hex("fffaf0") * 1.15f, CloudShade = Tone.Hex("a3b1c9"),
            CloudCover = 0.35f, Visibility = 120,
        },
        "golden-hour" => new()
        {
            Time = time,
            Sky = Tone.Hexes(random.Pick([
                "5d80b4 93a9c4 d0c3b0 f3cf97 ffdd94", "6b88ad a8b0b5 e0c49a f8c67c ffcf70", "4f74ab 8ea4bf d8bfae f7c58e ffe2a6"])),
            Sun = new Vector3(2.0f, 1.32f, 0.68f), Ambient = Tone.Hex("9fa9c2") * 0.62f, Glow = Tone.Hex("ffca75") * 1.15f,
            SunHeight = random.Range(0.1f, 0.18f), Steepness = 0.26f, CloudLight = Tone.Hex("ffe2b8") * 1.25f, CloudShade = Tone.Hex("a08f9d"),
            CloudCover = 0.36f, Visibility = 130,
        },
        "sunset" => new()
        {
            Time = time,
            Sky = Tone.Hexes(random.Pick([
                "2b3f80 68599a c3648a f28a5c ffc66a", "24386f 5b5390 b4587a ee7448 ffb24e", "38427f 7d5a94 d76f80 f79a5f ffd27c",
                "27466f 5f7296 bf8a8c f3a266 ffd083"])),
            Sun = new Vector3(1.35f, 0.74f, 0.42f), Ambient = Tone.Hex("7f78a3") * 0.62f, Glow = Tone.Hex("ff9a4a") * 1.35f,
            SunHeight = random.Range(0.02f, 0.08f), Steepness = 0.16f, CloudLight = Tone.Hex("ff9f72") * 1.25f, CloudShade = Tone.Hex("5f4d80"),
            CloudCover = 0.45f, Visibility = 125,
        },
        "dusk" => new()
        {
            Time = time,
            Sky = Tone.Hexes(random.Pick(["141d4a 2c3878 5b5396 a9708f e8a07c", "10224f 24467f 4c6ba0 9a89a8 e3ac8c", "1b1d4d 3d3577 7a4f8f c06e86 f0a076"])),
            Sun = new Vector3(0.4f, 0.3f, 0.42f), Ambient = Tone.Hex("5f67a0") * 0.75f, Glow = Tone.Hex("ff9a70") * 0.5f,
            SunHeight = -0.03f, Steepness = 0.3f, CloudLight = Tone.Hex("c9849a") * 0.8f, CloudShade = Tone.Hex("39386b"),
            CloudCover = 0.32f, Stars = 0.3f, Visibility = 120, Lamps = 0.8f,
        },
        "night" => new()
        {
            Time = time,
            Sky = Tone.Hexes(random.Pick(["040817 081230 0f2049 1b3463 2e4d7c", "060719 0d1033 191c4e 2b2f6a 474a86", "03101c 06202f 0d3448 1b4b60 34697a"])),
            Sun = new Vector3(0.3f, 0.37f, 0.52f), Ambient = Tone.Hex("4a62a0") * 0.45f, Glow = Tone.Hex("a9c0ea") * 0.3f,
            SunHeight = random.Range(0.3f, 0.42f), Steepness = 0.5f, CloudLight = Tone.Hex("7f93c0") * 0.55f, CloudShade = Tone.Hex("141c3c"),
            CloudCover = 0.2f, Stars = 1, Visibility = 80, Lamps = 1,
        },
        _ => new()
        {
            Time = "day",
            Sky = Tone.Hexes(random.Pick([
                "2766b3 4f92d3 86bbe6 bcdcf0 e4f0f4", "2f74bd 5fa0d8 98c7e8 c9e2ef eef3ec", "1f5da8 4587c9 7fb2df b9d7ea e6eff2"])),
            Sun = new Vector3(1.85f, 1.72f, 1.5f), Ambient = Tone.Hex("a3c3e4") * 0.68f, Glow = Tone.Hex("fff6dd") * 0.7f,
            SunHeight = random.Range(0.34f, 0.44f), Steepness = 0.6f, CloudLight = new Vector3(1.12f, 1.11f, 1.08f), CloudShade = Tone.Hex("a0b2c9"),
            CloudCover = 0.36f, Visibility = 150,
        },
    };

    private static Daylight Place(Daylight light, SceneBrief brief, SeededRandom random)
    {
        // A third of the width from one side; the light on things comes from there.
        var left = random.Chance(0.5f);
        var shown = brief.Has("sun") || (light.Time is "sunrise" or "sunset" or "golden-hour" && !brief.Avoid("sun"));
        return light with
        {
            SunX = left ? random.Range(0.24f, 0.38f) : random.Range(0.62f, 0.76f),
            Side = left ? -1 : 1,
            SunShown = shown && !light.IsNight && light.Time != "dusk",
            SunHeight = brief.Has("sun") && light.Time == "day" ? random.Range(0.28f, 0.36f) : light.SunHeight,
        };
    }

    private static Daylight Weather(Daylight light, SceneBrief brief, SeededRandom random)
    {
        if (brief.Has("clear-sky")) light = light with { CloudCover = 0.05f };
        if (brief.Has("cloud")) light = light with { CloudCover = Math.Max(light.CloudCover, 0.52f) };
        if (brief.Has("storm", "lightning")) light = Grayed(light, "2a3440 46525e 66737d 8b9596 b4b3a4", 0.85f, 0.94f, 0.4f, 60);
        else if (brief.Has("rain")) light = Grayed(light, "55636f 72808b 8d99a1 a8b1b5 c2c7c6", 0.75f, 0.88f, 0.45f, 38);
        else if (brief.Has("snowfall")) light = Grayed(light, "8496ab 9caebf b4c3cf cbd6dd e2e8ea", 0.7f, 0.7f, 0.6f, 40);
        else if (brief.Has("overcast")) light = Grayed(light, "7f8d9c 98a5b0 afbac2 c4ccd0 d9dddc", 0.75f, 0.9f, 0.5f, 80);
        if (brief.Has("fog")) light = Grayed(light, "a5b0ba b4bdc5 c2c9ce ced3d5 d8dad9", 0.8f, 0.3f, 0.5f, 14);
        else if (brief.Has("mist")) light = light with { Visibility = 30 };
        if (brief.Has("rainbow")) light = light with { CloudCover = Math.Max(0.5f, light.CloudCover) };
        if (brief.Avoid("cloud")) light = light with { CloudCover = 0 };
        if (brief.Has("aurora", "milky-way", "stars") && !brief.Has("cloud")) light = light with { CloudCover = 0.06f };
        if (brief.Has("city", "street") && light.Stars > 0.3f && !brief.Has("stars", "milky-way"))
            light = light with { Stars = 0.3f, Sky = [.. light.Sky.Select((color, i) => color + (new Vector3(0.05f, 0.028f, 0.02f) * i / 4f))] };
        if (brief.Avoid("stars")) light = light with { Stars = 0 };
        else if (brief.Has("stars", "milky-way")) light = light with { Stars = 1.25f };
        return light;
    }

    private static Daylight Grayed(Daylight light, string sky, float share, float cover, float sun, float visibility)
    {
        var gray = Tone.Hexes(sky);

        // A grey sky is as bright as the time of day lets it be.
        var level = light.Time switch { "night" => 0.06f, "dusk" => 0.22f, "sunrise" or "sunset" => 0.6f, _ => 1f };
        return light with
        {
            Sky = [.. light.Sky.Select((color, i) => Vector3.Lerp(color, gray[i] * level, share))],
            Sun = Vector3.Lerp(light.Sun, new(Tone.Luminance(light.Sun)), 0.6f) * sun,
            Ambient = Vector3.Lerp(light.Ambient, new Vector3(0.62f, 0.66f, 0.7f) * level, 0.7f),
            Glow = light.Glow * 0.25f,
            CloudCover = cover,
            CloudLight = Vector3.Lerp(light.CloudLight, new Vector3(0.72f, 0.75f, 0.78f) * level, 0.75f),
            CloudShade = Vector3.Lerp(light.CloudShade, gray[1] * level * 0.8f, 0.75f),
            SunShown = false,
            Stars = light.Stars * 0.15f,
            Visibility = Math.Min(light.Visibility, visibility),
        };
    }

    /// <summary>A colour named for the whole picture, or for its sky, colours sky, light and clouds.</summary>
    private static Daylight Colored(Daylight light, SceneBrief brief)
    {
        var share = 0.75f;
        if (!brief.Tints.TryGetValue("sky", out var name))
        {
            name = brief.Palette.FirstOrDefault(color => color is not ("pastel" or "vivid" or "muted" or "dark" or "bright" or "warm" or "cool"));
            share = 0.5f;
        }

        if (name is null || !NamedColors.TryFind(name, out var tint)) return light;
        return light with
        {
            Sky = [.. light.Sky.Select((color, i) => Tone.Tinted(color, tint, share * (1.1f - (0.1f * i))))],
            Sun = Tone.Tinted(light.Sun, tint, share * 0.35f),
            Ambient = Tone.Tinted(light.Ambient, tint, share * 0.5f),
            Glow = Tone.Tinted(light.Glow, tint, share * 0.7f),
            CloudLight = Tone.Tinted(light.CloudLight, tint, share * 0.5f),
            CloudShade = Tone.Tinted(light.CloudShade, tint, share * 0.8f),
        };
    }
}
