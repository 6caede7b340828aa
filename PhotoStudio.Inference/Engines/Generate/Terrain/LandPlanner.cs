namespace PhotoStudio.Inference.Engines.Generate.Terrain;

/// <summary>Chooses the land of a scene from what the prompt names.</summary>
internal static class LandPlanner
{
    /// <summary>The land of a scene.</summary>
    /// <param name="brief">What to show.</param>
    /// <param name="sunSide">Where the light comes from: the main mass goes to the other side.</param>
    public static LandPlan For(SceneBrief brief, float sunSide)
    {
        var random = brief.Random("land");
        var waterscape = brief.Has("sea", "beach", "coast", "island", "lighthouse", "whale", "dolphin", "ship", "cliff", "palm") && !brief.Avoid("sea", "water");
        var lake = brief.Has("lake", "glacier", "lotus") || (brief.Has("swan", "duck") && !brief.Has("river")) || (brief.Has("boat", "sailboat", "reflection", "fisherman", "water") && !waterscape && !brief.Has("river"));
        if (brief.Has("sailboat") && !brief.Has("lake", "river")) (waterscape, lake) = (true, false);
        var river = brief.Has("river", "waterfall") || (brief.Has("canyon") && !brief.Avoid("river", "water")) || (brief.Has("bridge") && !waterscape && !lake);
        var desert = brief.Has("desert", "dune", "camel", "pyramid", "cactus") && !waterscape;
        var mountains = brief.Has("mountain", "volcano", "glacier", "valley") ? 15f : 0;
        if (mountains == 0 && Unnamed(brief) && !brief.Avoid("mountain")) mountains = random.Chance(0.6f) ? 12 : 0;
        if (brief.Avoid("mountain")) mountains = 0;
        if (brief.Has("volcano")) mountains = 15;
        var plan = new LandPlan
        {
            Mountains = mountains * random.Range(0.85f, 1.15f),
            MountainStart = random.Range(30, 40),
            Volcano = brief.Has("volcano"),
            Hills = brief.Avoid("hill") ? 0.1f : brief.Has("hill", "valley") ? random.Range(2.2f, 3f) : brief.Has("field", "meadow", "city") ? 0.5f : random.Range(0.7f, 1.3f),
            Dunes = desert && !brief.Has("cactus", "canyon") ? random.Range(4.6f, 6.2f) : 0,
            Canyon = brief.Has("canyon"),
            Terraces = brief.Has("rice-terrace"),
            Sea = waterscape,
            OpenSea = waterscape && !brief.Has("beach", "coast", "palm", "cliff", "lighthouse", "house", "cabin", "village", "castle", "temple", "church", "tower", "windmill", "horse", "person", "woman", "child", "couple", "dog", "tent"),
            Spit = brief.Has("palm", "house", "cabin", "village", "castle", "temple", "church", "tower", "windmill", "horse", "tent"),
            Island = brief.Has("island"),
            Cliffs = brief.Has("cliff", "lighthouse") && waterscape,
            Lake = lake && !waterscape,
            River = river && !waterscape && !lake,
            RiverWidth = brief.Has("boat", "sailboat", "ship", "swan", "duck", "fisherman", "whale", "dolphin") ? 2.6f : brief.Has("canyon") ? 1.3f : 1,
            Road = brief.Has("road") && !waterscape,
            Cover = Cover(brief, desert),
            Mass = -sunSide * random.Range(0.55f, 1f),
            Swing = random.Range(-0.6f, 0.6f) + (sunSide > 0 ? 0 : MathF.PI),
            SnowLine = brief.Has("snow", "winter", "snowfall") ? 2 : brief.Has("summer", "desert", "canyon", "volcano") || brief.Avoid("snow") ? 1000 : random.Range(6.5f, 9.5f),
            Wooded = (brief.Has("forest", "jungle", "pine", "tree") || (mountains > 0 && !desert)) && !brief.Avoid("forest", "tree") && !brief.Has("canyon"),
        };
        if (plan.Sea && mountains > 0) plan = plan with { MountainStart = plan.MountainStart * 1.3f };
        if (plan.Sea && !plan.Cliffs && mountains == 0) plan = plan with { Hills = 0.25f };
        if (plan.Terraces) plan = plan with { Hills = 5.2f, Wooded = false, Cover = "paddy" };
        if (plan.Canyon) plan = plan with { Hills = 0.3f, SnowLine = 1000 };
        if (plan.Dunes > 0) plan = plan with { Hills = 0.2f };
        if (brief.Has("city") && !lake && !river && !waterscape && !brief.Has("street", "road", "garden", "hill", "field", "mountain"))
            plan = plan with { Flooded = random.Chance(0.8f) || brief.Has("reflection", "water", "bridge", "boat"), River = false };
        return brief.Has("city") && !waterscape && !brief.Has("hill", "field", "mountain") ? plan with { Hills = 0, Mountains = 0 } : plan;
    }

    // Nothing says what the land is.
    private static bool Unnamed(SceneBrief brief) => !brief.Has(
        "sea", "beach", "coast", "island", "desert", "dune", "field", "meadow", "city", "canyon", "hill", "rice-terrace", "street",
        "village", "house", "garden", "lighthouse", "whale", "dolphin", "ship", "sailboat", "camel", "pyramid");

    private static string Cover(SceneBrief brief, bool desert)
    {
        if (brief.Has("winter", "snow", "snowfall") && !brief.Avoid("snow")) return "snow";
        if (brief.Has("glacier")) return "ice";
        if (brief.Has("cactus", "canyon")) return "sand";
        if (desert) return "sand";
        if (brief.Has("lavender")) return "lavender";
        if (brief.Has("tulip")) return "tulips";
        if (brief.Has("sunflower")) return "sunflowers";
        if (brief.Has("poppy")) return "poppies";
        if (brief.Has("wheat")) return "wheat";
        if (brief.Has("flower", "rose", "daisy", "garden")) return "flowers";
        if (brief.Has("jungle")) return "jungle";
        if (brief.Has("forest")) return "forest";
        if (brief.Has("city", "street")) return "paving";
        if (brief.Has("volcano")) return "rock";
        return brief.Has("farm") ? "soil" : "grass";
    }
}
