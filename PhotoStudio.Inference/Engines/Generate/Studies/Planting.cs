using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Elements;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Studies;

/// <summary>Sets trees, bushes, rocks, grass and flowers into a scene.</summary>
internal sealed class Planting(Site site)
{
    private static readonly string[] Kinds = ["pine", "palm", "birch", "willow", "cypress", "cherry-blossom", "bamboo"];
    private readonly Trees trees = new(site.Day);
    private readonly Flowers flowers = new(site.Day);
    private readonly SceneBrief brief = site.Brief;

    /// <summary>Plants everything.</summary>
    public void Plant()
    {
        var random = brief.Random("planting");
        var named = Kinds.Where(kind => brief.Has(kind)).ToArray();
        if (!brief.Avoid("tree", "forest"))
        {
            if (brief.Has("forest", "jungle") || (brief.Has("bamboo", "pine", "birch", "cherry-blossom") && Plural())) Forest(random, named);
            else if (named.Length > 0 || brief.Has("tree", "garden")) Single(random, named);
            Scattered(random, named);
        }

        if (brief.Has("cactus")) Cacti(random);
        if (brief.Has("bush", "garden") && !brief.Avoid("bush")) Bushes(random, 14);
        if (brief.Has("rock", "cliff", "waterfall") || (site.Plan.Sea && random.Chance(0.5f)) || (site.Plan.Lake && random.Chance(0.6f))) Rocks(random);
        if (!brief.Avoid("grass")) Foreground(random);
    }

    private bool Plural() => Kinds.Any(kind => brief.Has(kind) && brief.Counts.ContainsKey(kind)) || (brief.Has("bamboo") && !brief.Has("house", "person"));

    private TreeLook Look(string kind, SeededRandom random)
    {
        var snowy = site.Plan.Cover is "snow" or "ice";
        var autumn = brief.Has("autumn");
        var named = NamedColors.Of(brief, kind, NamedColors.Of(brief, "tree", new(-1)));
        var color = named.X >= 0 ? named * random.Range(0.85f, 1.1f) : kind switch
        {
            "pine" => Tone.Hex(random.Pick(["2c4a34", "34543a", "28433a"])),
            "palm" => Tone.Hex("3f7a35"),
            "cypress" => Tone.Hex("2f4d30"),
            "cherry-blossom" => Tone.Hex(random.Pick(["f2a9c0", "f6bccd", "ee98b4"])),
            "bamboo" => Tone.Hex(random.Pick(["5f8f3a", "6f9f45"])),
            "birch" => autumn ? Tone.Hex("e3ac2e") : Tone.Hex("7fa03f"),
            "willow" => Tone.Hex("86a045"),
            _ when autumn => Tone.Hex(random.Pick(["c7641f", "d98a24", "b8401f", "e0ab34", "a63a22"])),
            _ when brief.Has("spring") && random.Chance(0.2f) => Tone.Hex("f0b3c4"),
            _ => Tone.Hex(random.Pick(["4a7a33", "3f6d30", "5c8a38", "587f3a"])),
        };
        if (snowy && kind is "tree" or "birch" or "willow") return new("bare", color, true);
        return new(kind is "cherry-blossom" or "tree" ? "tree" : kind, color, snowy);
    }

    private static float Size(string kind) => kind switch
    {
        "pine" => 7.5f, "palm" => 6.5f, "cypress" => 7, "bamboo" => 6, "birch" => 6.5f, "bush" => 1.1f, _ => 5.6f,
    };

    private string Kind(SeededRandom random, string[] named)
    {
        if (named.Length > 0) return random.Pick(named);
        if (brief.Has("jungle")) return random.Chance(0.35f) ? "palm" : "tree";
        if (brief.Has("tree", "autumn", "spring", "garden")) return "tree";
        return site.Plan.Mountains > 0 || site.Plan.Cover is "snow" ? (random.Chance(0.8f) ? "pine" : "tree") : "tree";
    }

    private Action<SceneBrush> Drawing(TreeLook look, SeededRandom random)
    {
        var seed = random.Next();
        return brush =>
        {
            if (brush.Sees(-0.6f, -0.1f, 0.6f, 1.1f)) trees.Paint(brush, look, new(seed));
        };
    }

    private void Forest(SeededRandom random, string[] named)
    {
        var count = 240;
        var start = Math.Max(site.Camera.Nearest * 2.6f, 7.5f);
        for (var i = 0; i < count; i++)
        {
            var away = start * MathF.Pow(95 / start, MathF.Pow(i / (count - 1f), 0.72f)) * random.Range(0.92f, 1.08f);
            var share = random.Range(-0.05f, 1.05f);

            // A glade in the middle, so that light and depth come in.
            var open = 0.03f + (0.23f * Tone.Step(46, 8, away));
            if (Math.Abs(share - 0.5f - (0.06f * site.Plan.Mass)) < open) continue;
            var across = site.Across(share, away);
            if (!site.IsLand(across, away) || site.OnCourse(across, away, 0.9f)) continue;
            var kind = Kind(random, named);
            site.Put(new(across, site.Ground(across, away), away, Size(kind) * random.Range(0.8f, 1.25f), Drawing(Look(kind, random), random)));
        }
    }

    private void Single(SeededRandom random, string[] named)
    {
        var main = named.Length > 0 ? named[0] : "tree";
        var count = named.Length > 1 ? named.Length : brief.Count(main, main == "palm" ? 3 : brief.Has("garden") ? 6 : 1);
        for (var i = 0; i < count; i++)
        {
            var kind = named.Length > 1 ? named[i % named.Length] : main;
            var size = Size(kind) * random.Range(0.88f, 1.15f);
            var share = count == 1 ? random.Range(0.46f, 0.6f) : random.Range(0.22f, 0.5f);
            var place = count == 1 ? site.Focus : ((i + 0.5f) / count * 0.84f) + 0.08f + random.Range(-0.05f, 0.05f);
            site.Stand(random, place, site.AwayFor(size, share), size, Drawing(Look(kind, random), random));
        }
    }

    /// <summary>Groups in the distance that tell how large the land is.</summary>
    private void Scattered(SeededRandom random, string[] named)
    {
        var plan = site.Plan;
        if (plan.Dunes > 0 || plan.Canyon || plan.OpenSea || plan.Volcano || plan.Flooded || brief.Has("cactus", "desert", "glacier")) return;
        if (plan.Sea && !plan.Island && !brief.Has("palm")) return;
        var groups = plan.Mountains > 0 ? 15 : 9;
        for (var group = 0; group < groups; group++)
        {
            var away = random.Range(24, 85);
            var share = random.Range(-0.02f, 1.02f);
            var kind = Kind(random, named);
            for (var i = random.Below(6) + 2; i > 0; i--)
            {
                var at = away * random.Range(0.93f, 1.08f);
                var across = site.Across(share, away) + (random.Normal() * 2.6f);
                if (!site.IsLand(across, at) || site.OnCourse(across, at, 0.9f) || site.Ground(across, at) > 6.5f) continue;
                if (away < 45 && Math.Abs((across / at * site.Camera.Focal / site.Camera.Width) + 0.5f - site.Focus) < 0.14f) continue;
                site.Put(new(across, site.Ground(across, at), at, Size(kind) * random.Range(0.36f, 0.62f), Drawing(Look(kind, random), random)));
            }
        }
    }

    private void Bushes(SeededRandom random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var away = random.Range(5, 26);
            var across = site.Across(random.Unit(), away);
            if (!site.IsLand(across, away) || site.OnCourse(across, away, 0.5f)) continue;
            site.Put(new(across, site.Ground(across, away), away, random.Range(0.7f, 1.3f), Drawing(Look("tree", random) with { Kind = "bush" }, random)));
        }
    }

    private void Cacti(SeededRandom random)
    {
        var count = brief.Count("cactus", 5);
        var green = NamedColors.Of(brief, "cactus", Tone.Hex("4f7a4a"));
        for (var i = 0; i < count; i++)
        {
            var size = random.Range(2.2f, 3.4f);
            var seed = random.Next();
            var place = i == 0 ? site.Focus : random.Range(0.04f, 0.96f);
            site.Stand(random, place, site.AwayFor(size, i == 0 ? 0.42f : random.Range(0.08f, 0.24f)), size, brush => Cactus(brush, green, new(seed)));
        }
    }

    private void Cactus(SceneBrush brush, Vector3 green, SeededRandom random)
    {
        Vector3 Skin(Vector2 p, float x, float radius) => site.Day.On(
            green * (0.82f + (0.18f * MathF.Sin((p.X - x) / radius * 9))), Math.Clamp(0.3f + ((p.X - x) / radius * 0.5f * site.Day.Side), 0.02f, 1), 0.85f);
        brush.Shade(new ShapePath().SmoothLimb((0, -0.02f, 0.075f), (0, 0.4f, 0.085f), (0, 0.92f, 0.075f)), p => Skin(p, 0, 0.085f));
        for (var side = -1; side <= 1; side += 2)
        {
            float at = random.Range(0.34f, 0.52f), reach = side * random.Range(0.2f, 0.28f), top = random.Range(0.64f, 0.84f);
            brush.Shade(new ShapePath().SmoothLimb((0, at, 0.05f), (reach * 0.7f, at + 0.02f, 0.055f), (reach, at + 0.12f, 0.055f), (reach, top, 0.05f)), p => Skin(p, reach, 0.06f));
        }
    }

    private void Rocks(SeededRandom random)
    {
        var stone = NamedColors.Of(brief, "rock", Tone.Hex("77716b"));
        for (var i = 0; i < 16; i++)
        {
            var size = random.Range(0.25f, 0.95f);
            var away = random.Range(Math.Max(site.Camera.Nearest * 1.35f, 3.2f), 16);
            var across = site.Across(random.Chance(0.5f) ? random.Range(0, 0.3f) : random.Range(0.7f, 1), away);
            if (site.Plan.HasWater && site.Ground(across, away) < site.Plan.WaterLevel - 0.3f) continue;
            var seed = random.Next();
            site.Put(new(across, Math.Max(site.Ground(across, away), site.Plan.HasWater ? site.Plan.WaterLevel : -9) - 0.03f, away, size, brush => Rock(brush, stone, new(seed))));
        }
    }

    private void Rock(SceneBrush brush, Vector3 stone, SeededRandom random)
    {
        var outline = new List<Vector2>();
        var facets = 9;
        for (var i = 0; i <= facets; i++)
        {
            var (sin, cos) = MathF.SinCos(i / (float)facets * MathF.PI);
            var radius = random.Range(0.78f, 1.08f);
            outline.Add(new(cos * radius * 0.6f, (sin * radius * 0.36f) - 0.05f));
        }

        brush.Fill(new ShapePath().Polygon([.. outline]), site.Day.On(stone * 0.8f, 0.12f, 0.8f));
        var peak = new Vector2(random.Range(-0.2f, 0.2f), random.Range(0.12f, 0.2f));
        for (var i = 0; i < facets; i++)
        {
            Vector2 a = outline[i], b = outline[i + 1], middle = ((a + b) / 2) - peak;
            var facing = 0.34f + (0.5f * ((middle.X * site.Day.Side) + (middle.Y * 0.6f)));
            brush.Fill(new ShapePath().Polygon(a, b, peak), site.Day.On(stone * random.Range(0.88f, 1.1f), Math.Clamp(facing, 0.02f, 1), 0.8f));
        }
    }

    /// <summary>Blades and blossoms before the viewer's feet.</summary>
    private void Foreground(SeededRandom random)
    {
        var cover = site.Plan.Cover;
        string[] kinds = [.. ((string[])["rose", "tulip", "sunflower", "lavender", "poppy", "daisy", "lotus"]).Where(kind => brief.Has(kind))];
        if (brief.Has("flower", "garden") && kinds.Length == 0) kinds = ["flower"];
        if (brief.Avoid("flower")) kinds = [];
        if (site.Plan.Sea) return;
        var grassy = cover is "grass" or "flowers" or "tulips" or "poppies" or "sunflowers" or "forest" or "jungle" or "wheat" or "paddy" or "lavender";
        if (!grassy || site.Plan.OpenSea) return;
        var near = site.Camera.Nearest;
        if (brief.Has("lotus")) Lotuses(random);
        var blades = kinds.Length > 0 ? 360 : 560;
        for (var i = 0; i < blades; i++)
        {
            var away = near * random.Range(0.98f, 2.3f);
            var across = site.Across(random.Range(-0.02f, 1.02f), away);
            if (!site.IsLand(across, away) || site.OnCourse(across, away, 0.15f)) continue;
            Blade(random, across, away, cover);
        }

        kinds = [.. kinds.Where(kind => kind != "lotus")];
        if (kinds.Length == 0) return;
        var tall = kinds.Contains("sunflower") ? 0.72f : 0.42f;
        for (var i = 0; i < 130; i++)
        {
            var away = near * MathF.Pow(random.Range(1.02f, 2.6f), 1.25f);
            var across = site.Across(random.Range(-0.02f, 1.02f), away);
            if (!site.IsLand(across, away) || site.OnCourse(across, away, 0.2f)) continue;
            var kind = random.Pick(kinds);
            var color = NamedColors.Of(brief, kind, NamedColors.Of(brief, "flower", random.Pick(Flowers.Colors(kind))));
            var seed = random.Next();
            site.Put(new(across, site.Ground(across, away) - 0.02f, away, tall * random.Range(0.75f, 1.25f), brush => flowers.Paint(brush, kind, color, new(seed))));
        }
    }

    private void Lotuses(SeededRandom random)
    {
        for (var i = 0; i < 70; i++)
        {
            var away = random.Range(Math.Max(3.2f, site.Camera.Nearest), 13);
            var across = site.Across(random.Unit(), away);
            if (!site.IsWater(across, away, 0.2f)) continue;
            var seed = random.Next();
            var color = NamedColors.Of(brief, "lotus", random.Pick(Flowers.Colors("lotus")));
            site.Put(new(across, site.Plan.WaterLevel, away, 0.55f, brush =>
            {
                var own = new SeededRandom(seed);
                brush.Dab(0, 0, 0.42f, 0.09f, 0, site.Day.On(Tone.Hex("3f7a45") * own.Range(0.75f, 1.1f), 0.45f));
                brush.Dab(0.05f, 0.015f, 0.3f, 0.05f, 0, site.Day.On(Tone.Hex("5c9a55"), 0.55f), 0.5f);
                if (own.Chance(0.45f)) flowers.Head(brush.At(own.Range(-0.2f, 0.2f), own.Range(0.12f, 0.3f), 1.6f), "lotus", color, own);
            }));
        }
    }

    private void Blade(SeededRandom random, float across, float away, string cover)
    {
        var color = cover switch
        {
            "wheat" => Tone.Hex(random.Pick(["d9ad4c", "c29637", "e6c46a"])),
            "lavender" => Tone.Hex(random.Pick(["6b7a4a", "7d62b8", "8f77c9"])),
            "paddy" => Tone.Hex(random.Pick(["7fae3c", "96b948", "6b9a35"])),
            _ when brief.Has("autumn") => Tone.Hex(random.Pick(["9a7a35", "b58a3c", "7d6a2f"])),
            _ => Tone.Hex(random.Pick(["4f7f33", "6b9a3c", "3f6d2e", "86a546"])),
        };
        color = NamedColors.Of(brief, "grass", color);
        float lean = random.Range(-0.16f, 0.2f), tall = random.Range(0.16f, cover == "wheat" ? 0.5f : 0.34f);
        var lit = site.Day.On(color * random.Range(0.8f, 1.1f), random.Range(0.12f, 0.6f), 0.85f) + (site.Day.Glow * color * 0.08f);
        var wheat = cover == "wheat";
        site.Put(new(across, site.Ground(across, away) - 0.02f, away, tall, brush =>
        {
            brush.Limb(lit, (0, 0, 0.028f), (lean * 0.4f, 0.5f, 0.02f), (lean * 1.6f, 1, 0.003f));
            if (!wheat) return;
            for (var i = 0; i < 6; i++) brush.Dab(lean * (1.2f + (0.07f * i)), 0.82f + (i * 0.045f), 0.02f, 0.035f, 0.3f, lit * 1.15f);
        }));
    }
}
