using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Terrain;

/// <summary>What the ground looks like at a place, lit, with the air before it.</summary>
internal sealed class GroundColors
{
    private readonly TerrainGrid grid;
    private readonly LandPlan plan;
    private readonly GradientNoise noise;
    private readonly Daylight day;
    private readonly Air air;
    private readonly Vector3 sun;
    private readonly Vector3 cover;
    private readonly Vector3 coverDry;
    private readonly Vector3 rock;
    private readonly Vector3 rockLight;
    private readonly Vector3 snow;
    private readonly Vector3 sand;
    private readonly Vector3 wood;
    private readonly Vector3 road;
    private readonly Vector3[] blooms;
    private readonly bool rows;
    private readonly bool winter;
    private readonly bool bloomy;

    public GroundColors(TerrainGrid grid, SceneBrief brief, Daylight day, Air air)
    {
        (this.grid, this.day, this.air) = (grid, day, air);
        plan = grid.Form.Plan;
        noise = grid.Form.Noise;
        sun = Vector3.Normalize(new(day.Side * 0.85f, 0.25f + (1.15f * day.Steepness), -0.28f));
        winter = plan.Cover is "snow" or "ice";
        rows = plan.Cover is "lavender" or "tulips" or "soil";
        bloomy = plan.Cover is "flowers" or "lavender" or "tulips" or "sunflowers" or "poppies";
        (cover, coverDry) = Cover(brief);
        cover = NamedColors.Of(brief, "field", NamedColors.Of(brief, "grass", cover));
        rock = NamedColors.Of(brief, "mountain", plan.Canyon ? Tone.Hex("b5623a") : plan.Volcano ? Tone.Hex("5a4f4c") : Tone.Hex("6f6a68"));
        rockLight = plan.Canyon ? Tone.Hex("dd9a62") : Vector3.Lerp(rock, Tone.Hex("a89f94"), 0.6f);
        snow = Tone.Hex("f1f5fa");
        sand = NamedColors.Of(brief, "sand", NamedColors.Of(brief, "dune", NamedColors.Of(brief, "desert", plan.Dunes > 0 ? Tone.Hex("d9a468") : Tone.Hex("e3cfa6"))));
        wood = NamedColors.Of(brief, "forest", brief.Has("autumn") ? Tone.Hex("96582a") : winter ? Tone.Hex("5d6a69") : Tone.Hex("2f5236"));
        road = plan.Cover is "paving" ? Tone.Hex("8a8784") : Tone.Hex("b79f7b");
        blooms = Blooms(brief);
    }

    /// <summary>The light of a place on the ground.</summary>
    /// <param name="column">The pixel's column.</param>
    /// <param name="step">The step of the grid.</param>
    /// <param name="y">The pixel's row, for fine texture.</param>
    public Vector3 At(int column, float step, int y)
    {
        var away = grid.Away(step);
        var across = grid.Camera.Across(column + 0.5f, away);
        var height = grid.Height(column, step);
        var normal = grid.Normal(column, step);
        var foot = away / grid.Camera.Focal;
        var fine = Fine(across, away, foot);
        var hollow = Math.Clamp(grid.Hollow(column, step) * 7, -1, 1);
        var surface = Surface(across, away, height, normal, fine, hollow);
        var facing = Vector3.Dot(Vector3.Normalize(normal + new Vector3(fine * 0.35f, 0, fine * 0.2f)), sun);
        var lit = Math.Max(0, (facing + 0.12f) / 1.12f) * grid.Sunlight(column, step);
        var open = Math.Clamp(0.92f - (0.55f * Math.Max(0, hollow)), 0.3f, 1) * (0.55f + (0.45f * normal.Y));
        var light = day.On(surface, lit, open);

        // Snow and water throw the sky's blue into shadows; grass against the light glows.
        if (day.SunShown && day.SunHeight < 0.2f && away > 3) light += surface * day.Glow * (0.12f * Math.Max(0, 1 - Math.Abs((column / (float)grid.Columns) - day.SunX)));
        var covered = air.Cover(away, height);
        return Vector3.Lerp(light, air.Color(column), covered);
    }

    // Texture whose grain is a few pixels at any distance: two neighbouring scales, blended as the distance grows.
    private float Fine(float across, float away, float foot)
    {
        var level = MathF.Log2(Math.Max(foot, 1e-5f)) + 2.2f;
        var whole = MathF.Floor(level);
        var share = level - whole;
        float coarse = float.Exp2(-whole - 1), finer = float.Exp2(-whole);
        var squash = plan.Dunes > 0 ? 0.5f : 1;
        var a = noise.Fractal(across * finer, away * finer * 0.35f * squash, 2);
        var b = noise.Fractal(across * coarse, away * coarse * 0.35f * squash, 2);
        return Tone.Mix(a, b, share);
    }

    private Vector3 Surface(float across, float away, float height, Vector3 normal, float fine, float hollow)
    {
        var patch = noise.Fractal(across * 0.22f, away * 0.12f, 3);
        var color = Base(across, away, patch, fine);
        if (plan.Sea || plan.Lake || plan.River) color = Vector3.Lerp(color, WetSand(height, fine), ShoreShare(height, patch));
        if (plan.Wooded && !plan.Canyon)
        {
            var belt = Tone.Step(6, 16, away) * Tone.Step(plan.Mountains > 0 ? 7.5f : 40, 3, height + (patch * 2.5f)) * Tone.Step(0.35f, 0.75f, normal.Y);
            belt *= Tone.Step(-0.32f, 0.12f, patch + (0.25f * hollow) + (0.2f * fine) + (plan.Cover == "forest" ? 0.5f : 0));
            color = Vector3.Lerp(color, wood * (0.75f + (0.75f * fine)), belt * 0.92f);
        }

        var steep = 1 - normal.Y;
        var bare = Tone.Step(0.16f, 0.42f, steep + (0.09f * fine) + (height > 6 ? 0.08f : 0));
        if (plan.Mountains > 0) bare = Math.Max(bare, Tone.Step(2.2f, 7.5f, height + (2.6f * patch)) * Tone.Step(plan.MountainStart * 0.7f, plan.MountainStart, away));
        if (plan.Dunes > 0) bare = 0;
        if (bare > 0)
        {
            var strata = 0.5f + (0.5f * noise.At((height * (plan.Canyon ? 2.6f : 0.7f)) + (patch * 1.2f), 3.7f));
            var stone = Vector3.Lerp(rock, rockLight, Math.Clamp(strata + (0.5f * fine), 0, 1)) * (0.8f + (0.35f * fine));
            color = Vector3.Lerp(color, stone, bare);
        }

        var white = plan.SnowLine < 100
            ? Tone.Step(plan.SnowLine, plan.SnowLine * 1.3f, height + (2.2f * patch) + (1.1f * fine) + (hollow * 2.6f) - (steep * plan.SnowLine * 0.5f)) * Tone.Step(12, 20, away)
            : 0;
        if (winter) white = Math.Max(white, Tone.Step(0.68f, 0.4f, steep + (0.1f * fine)) * Tone.Step(plan.WaterLevel, plan.WaterLevel + 0.05f, height) * (plan.Wooded ? Tone.Step(-0.7f, 0.1f, 0.3f - patch) : 1));
        color = Vector3.Lerp(color, snow * (0.96f + (0.05f * fine)), white);
        if (plan.Terraces && height > 0.13f) color = Terrace(color, height, fine);
        var path = grid.Form.OnRoad(across, away) * (winter ? 0.45f : 0.95f);
        return Vector3.Lerp(color, road * (0.9f + (0.25f * fine)), path);
    }

    // Flooded steps that mirror the sky, between banks of grass.
    private Vector3 Terrace(Vector3 color, float height, float fine)
    {
        var position = height / LandForm.TerraceStep;
        var level = MathF.Floor(position);
        var part = position - level;
        var bank = Tone.Step(0.03f, 0.12f, part) * Tone.Step(1, 0.97f, part);
        var flooded = noise.Cell((int)level, 3) < 0.6f;
        var flat = flooded ? (day.SkyAt(0.25f) * 0.62f) + (color * 0.2f) : color * (0.85f + (0.5f * noise.Cell((int)level, 9)));
        return Vector3.Lerp(flat, color * (0.42f + (0.2f * fine)), bank);
    }

    private float ShoreShare(float height, float patch)
    {
        var reach = plan.Sea ? 0.42f : 0.07f;
        return Tone.Step(plan.WaterLevel + reach, plan.WaterLevel + (reach * 0.35f), height - (0.08f * patch));
    }

    private Vector3 WetSand(float height, float fine)
    {
        var wet = Tone.Step(0.09f, 0.01f, height - plan.WaterLevel);
        var dry = plan.Sea ? sand : Vector3.Lerp(sand, rock, 0.5f);
        return dry * (0.95f + (0.12f * fine)) * (1 - (0.5f * wet));
    }

    private Vector3 Base(float across, float away, float patch, float fine)
    {
        if (plan.Dunes > 0)
        {
            // Wind ripples, as far as they can be told apart.
            var ripple = MathF.Sin((across * 3.1f) + (away * 9) + (noise.Fractal(across * 0.5f, away * 0.5f, 2) * 6));
            return sand * (1 + (0.07f * ripple * Tone.Step(14, 3, away)) + (0.07f * fine) + (0.05f * patch));
        }

        var color = Vector3.Lerp(cover, coverDry, Math.Clamp(0.42f + (0.9f * patch), 0, 1)) * (1 + (0.34f * fine));
        if (bloomy || rows) color = Bloom(color, across, away, fine, patch);
        return color;
    }

    private Vector3 Bloom(Vector3 ground, float across, float away, float fine, float patch)
    {
        if (rows)
        {
            // Furrows run to a point on the horizon.
            const float Pitch = 1.15f;
            var lane = (across + (0.08f * patch)) / Pitch;
            var index = (int)MathF.Floor(lane);
            var part = Math.Abs(lane - index - 0.5f) * 2;
            var blur = Tone.Step(45, 12, away);
            var row = Tone.Mix(0.62f, Tone.Step(0.85f, 0.45f, part + (0.14f * fine)), blur);
            if (plan.Cover == "soil") return Vector3.Lerp(ground * 0.7f, ground, row);
            var flower = blooms[plan.Cover == "tulips" ? (int)(noise.Cell((int)MathF.Floor(index / 2f), 5) * blooms.Length) : 0];
            return Vector3.Lerp(ground * 0.8f, flower * (0.85f + (0.5f * fine)), row);
        }

        var dense = Tone.Step(-0.1f, 0.5f, patch + (0.55f * fine)) * 0.8f;
        var pick = Math.Clamp((int)((0.5f + (0.75f * noise.At(across * 0.35f, away * 0.16f))) * blooms.Length), 0, blooms.Length - 1);
        return Vector3.Lerp(ground, blooms[pick] * (0.9f + (0.3f * fine)), dense * Tone.Step(1.5f, 5, away));
    }

    private (Vector3 Cover, Vector3 Dry) Cover(SceneBrief brief) => plan.Cover switch
    {
        "sand" => (Tone.Hex("dcc090"), Tone.Hex("cfae78")),
        "snow" => (Tone.Hex("e9eff6"), Tone.Hex("d8e2ee")),
        "ice" => (Tone.Hex("d8ebf3"), Tone.Hex("b9d9e8")),
        "soil" => (Tone.Hex("6f7a35"), Tone.Hex("6b4a30")),
        "wheat" => (Tone.Hex("d2a648"), Tone.Hex("b88a35")),
        "lavender" => (Tone.Hex("5f6f42"), Tone.Hex("75784a")),
        "rock" => (Tone.Hex("77716b"), Tone.Hex("8f877c")),
        "paving" => (Tone.Hex("6c6a6a"), Tone.Hex("7c7874")),
        "forest" => (Tone.Hex("3c5a34"), Tone.Hex("56683a")),
        "jungle" => (Tone.Hex("2f6135"), Tone.Hex("467038")),
        "paddy" => (Tone.Hex("79a13c"), Tone.Hex("9db24a")),
        _ when brief.Has("autumn") => (Tone.Hex("8f7d3c"), Tone.Hex("ab7a3a")),
        _ when brief.Has("spring") => (Tone.Hex("6ba33f"), Tone.Hex("93b54c")),
        _ when brief.Has("summer") => (Tone.Hex("639141"), Tone.Hex("9c9d4a")),
        _ => (Tone.Hex("5c8740"), Tone.Hex("8d9148")),
    };

    private Vector3[] Blooms(SceneBrief brief)
    {
        if (brief.Tints.TryGetValue("flower", out var name) && NamedColors.TryFind(name, out var tint)) return [tint];
        return plan.Cover switch
        {
            "lavender" => [NamedColors.Of(brief, "lavender", Tone.Hex("7d62b8"))],
            "tulips" => brief.Tints.ContainsKey("tulip")
                ? [NamedColors.Of(brief, "tulip", Vector3.One)]
                : Tone.Hexes("d8382f f2c230 e8729c f5efe3 e8752f 9b3f8f"),
            "sunflowers" => [Tone.Hex("efb620")],
            "poppies" => [NamedColors.Of(brief, "poppy", Tone.Hex("d8382a"))],
            _ => Tone.Hexes("d94f6a f2c744 8c6fc9 f3ece0 e8804a 5f84cf"),
        };
    }
}
