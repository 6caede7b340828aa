using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Elements;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;
using PhotoStudio.Inference.Engines.Generate.Terrain;

namespace PhotoStudio.Inference.Engines.Generate.Studies;

/// <summary>Sets buildings, boats, animals, people and what flies into a scene.</summary>
internal sealed class Staging(Site site)
{
    private readonly SceneBrief brief = site.Brief;
    private readonly bool snowy = site.Plan.Cover is "snow" or "ice";
    private bool peopleStand;

    /// <summary>Sets everything.</summary>
    public void Set()
    {
        Builds();
        Waters();
        Lives();
        Flies();
    }

    private void Builds()
    {
        var random = brief.Random("buildings");
        var houses = new Houses(site.Day, snowy);
        var castles = new Castles(site.Day, snowy);
        if (brief.Has("city", "street")) Skyline(random);
        if (brief.Has("house", "cabin", "farm", "village") && !brief.Avoid("house")) Settlement(houses, random);
        if (brief.Has("barn", "farm") && !brief.Avoid("barn")) Barns(houses, random);
        var stone = Tone.Hex("b3a893");
        if (brief.Has("castle")) Stand(random, site.Focus, 11, OnKnoll(0.34f), brush => castles.Castle(brush, Own("castle", stone), Own("roof", Tone.Hex("4a5a78")), new(5)));
        if (brief.Has("tower")) Stand(random, site.Focus, 8, OnKnoll(0.36f), brush => castles.Tower(brush, 0, -0.02f, 0.74f, 0.11f, Own("tower", stone), Tone.Hex("7a3f34"), true));
        if (brief.Has("church")) Stand(random, site.Focus, 7, OnKnoll(0.3f), brush => houses.Church(brush, Own("church", Tone.Hex("efe8da")), Tone.Hex("7d4436"), new(3)));
        if (brief.Has("temple")) Stand(random, site.Focus, 7.5f, OnKnoll(0.34f), brush => houses.Temple(brush, Own("temple", Tone.Hex("c9573c")), Tone.Hex("3c4a50"), 3 + (int)(brief.Seed % 3)));
        if (brief.Has("lighthouse")) Stand(random, site.Plan.Cliffs ? (site.Plan.Mass > 0 ? 0.76f : 0.24f) : site.Focus, 6, 0.32f, brush => castles.Lighthouse(brush, Own("lighthouse", Tone.Hex("c23a30"))));
        for (var i = 0; brief.Has("windmill") && i < brief.Count("windmill", 1); i++)
            Stand(random, i == 0 ? site.Focus : random.Range(0.05f, 0.95f), 6, i == 0 ? 0.34f : 0.17f, brush => castles.Windmill(brush, Own("windmill", Tone.Hex("e6ddca")), new(brief.Seed)));
        for (var i = 0; brief.Has("pyramid") && i < brief.Count("pyramid", 3); i++)
            Stand(random, i == 0 ? site.Focus : site.Focus + (i * 0.21f * (site.Focus > 0.5f ? -1 : 1)), 9 - (i * 1.5f), 0.26f - (i * 0.06f), brush => castles.Pyramid(brush, Own("pyramid", Tone.Hex("cfa667"))));
        if (brief.Has("tent")) Stand(random, site.Focus, 1.5f, 0.15f, brush => houses.Tent(brush, Own("tent", Tone.Hex("d9822b"))));
        if (brief.Has("campfire")) Fire(random);
        if (brief.Has("bridge")) Bridge(random);
        if (brief.Has("waterfall")) Waterfall(random);
        if (brief.Has("volcano")) Eruption();
        if (brief.Has("fence", "farm")) Fence(random);
        if (brief.Has("lantern")) Lanterns(random);
    }

    private Vector3 Own(string concept, Vector3 otherwise) => NamedColors.Of(brief, concept, otherwise);

    // On a knoll of its own a building is not as large in the picture, so that the sky has room for it.
    private float OnKnoll(float part) => site.Plan.Knoll is null ? part : Knoll.Part;

    private void Barns(Houses houses, SeededRandom random)
    {
        var color = Own("barn", Own("farm", Tone.Hex("a3372b")));
        var roof = Own("roof", Tone.Hex("5d5a58"));
        var first = !brief.Has("farm", "house", "cabin", "village");
        for (var i = 0; i < brief.Count("barn", 1); i++)
        {
            var share = first && i == 0 ? site.Focus : site.Focus + ((site.Focus > 0.5f ? -1 : 1) * (0.24f + (0.2f * i)));
            Stand(random, share, 5.2f, first && i == 0 ? 0.26f : 0.17f, brush => houses.Barn(brush, color, roof));
        }
    }

    private void Stand(SeededRandom random, float share, float size, float part, Action<SceneBrush> draw) =>
        site.Stand(random, share, site.AwayFor(size, part), size, draw);

    private void Settlement(Houses houses, SeededRandom random)
    {
        var logs = brief.Has("cabin");
        var count = brief.Has("village") ? 14 : brief.Has("house") ? brief.Count("house", 1) : brief.Count("cabin", 1);
        Vector3[] walls = logs ? Tone.Hexes("8a5f3c 7a5234") : Tone.Hexes("efe6d4 e8d3ae f3efe6 d9b48a cfd6d0");
        Vector3[] roofs = Tone.Hexes("a6482f 8c3f2c 6b4a3c 54606b");
        for (var i = 0; i < count; i++)
        {
            var first = i == 0 && !brief.Has("village");
            var size = logs ? 3.2f : random.Range(3.3f, 4.2f);
            var wall = Own("house", Own("cabin", random.Pick(walls)));
            var roof = Own("roof", random.Pick(roofs));
            var seed = random.Next();
            var share = first ? site.Focus : site.Focus + (random.Normal() * (count > 5 ? 0.2f : 0.26f));
            var part = first ? 0.22f : count > 5 ? random.Range(0.055f, 0.13f) : random.Range(0.12f, 0.2f);
            site.Stand(random, share, site.AwayFor(size, part), size, brush => houses.House(brush, wall, roof, new(seed), logs), random.Chance(0.4f));
        }

        if (count > 5) Stand(random, site.Focus + 0.05f, 6.5f, 0.16f, brush => houses.Church(brush, Tone.Hex("f0eade"), Tone.Hex("7d4436"), new(9)));
    }

    private void Skyline(SeededRandom random)
    {
        var city = new City(site.Day);
        var neon = brief.Has("neon") || brief.Random("neon").Chance(0.2f);
        Vector3[] signs = [new(1, 0.1f, 0.55f), new(0.1f, 0.75f, 1), new(0.65f, 0.2f, 1)];
        var front = site.Plan.Flooded ? 66f : brief.Has("mountain", "hill", "field") ? 60 : 34;
        for (var layer = 2; layer >= 0; layer--)
        {
            var away = front * (1 + (layer * 0.3f));
            var count = 20 + (layer * 6);
            for (var i = 0; i < count; i++)
            {
                var share = ((i + random.Range(0.1f, 0.9f)) / count * 1.1f) - 0.05f;

                // The skyline rises to a summit off the middle.
                var summit = MathF.Exp(-MathF.Pow((share - site.Focus) / 0.19f, 2)) + (0.5f * MathF.Exp(-MathF.Pow((share - 1 + site.Focus) / 0.14f, 2)));
                var part = (0.05f + (0.07f * random.Unit()) + (summit * random.Range(0.1f, 0.3f))) * (layer == 0 ? 0.72f : layer == 1 ? 1 : 1.12f);
                var at = away * random.Range(0.98f, 1.04f);
                var size = part * site.Camera.Height * at / site.Camera.Focal;
                var wide = random.Range(0.035f, 0.062f) / part * site.Camera.Width / site.Camera.Height * 0.8f;
                var wall = Own("city", Tone.Hex(random.Pick(["8d8f96", "a39a8e", "6f7884", "b3a99b", "59636f", "9c8578"])));
                var seed = random.Next();
                Vector3? sign = site.Day.Lamps > 0.4f && (neon || random.Chance(0.06f)) && random.Chance(0.5f) ? random.Pick(signs) : null;
                var across = site.Across(share, at);
                site.Put(new(across, Math.Max(site.Ground(across, at), site.Plan.HasWater ? site.Plan.WaterLevel : -9), at, size, brush => city.Building(brush, wide, wall, sign, new(seed))));
            }
        }
    }

    private void Bridge(SeededRandom random)
    {
        var bridges = new Bridges(site.Day);
        var large = brief.Has("city", "sea") || site.Plan.Flooded || site.Plan.Sea;
        var away = large ? 30f : 9;
        var across = site.Plan.River ? site.Form.Course(away) : site.Across(0.5f, away);
        var color = Own("bridge", large ? Tone.Hex("b5432e") : Tone.Hex("a59a88"));
        var size = large ? 2.6f : 0.95f;
        if (!large) Walkers(bridges, across, away, size);
        var length = large ? 1.3f * site.Camera.Width * away / site.Camera.Focal / size : 0;
        var ground = site.Plan.HasWater ? site.Plan.WaterLevel : site.Ground(across, away);
        site.Put(new(across + (random.Range(-0.2f, 0.2f) * (large ? 8 : 0)), ground, away, size, brush =>
        {
            if (large) bridges.Suspension(brush, length, color);
            else bridges.Stone(brush, color);
        }));
    }

    // Whoever is named together with a bridge crosses it.
    private void Walkers(Bridges bridges, float across, float away, float size)
    {
        if (brief.Avoid("person") || brief.Has("boat", "fisherman", "beach", "rider", "horse")) return;
        var figures = new Figures(site.Day);
        var random = brief.Random("walkers");
        var steps = brief.Has("couple") ? ["couple"] : Persons().SelectMany(kind => Enumerable.Repeat(kind, brief.Count(kind, 1))).Take(7).ToArray();
        foreach (var (i, kind) in steps.Index())
        {
            var at = ((site.Focus > 0.5f ? 0.7f : -0.7f) * (i % 2 == 0 ? 1 : -1)) + (0.55f * (i / 2));
            var look = Look(kind, random);
            var seed = random.Next();
            site.Put(new(across + (at * size), site.Plan.WaterLevel + (size * bridges.Deck(at)), away * 1.01f, 1.06f, brush =>
            {
                if (kind == "couple") figures.Couple(brush, look, new(seed));
                else figures.Paint(brush, look, new(seed));
            }));
        }

        peopleStand = steps.Length > 0;
    }

    private void Waterfall(SeededRandom random)
    {
        var falls = new Waterfalls(site.Day);
        const float Away = 19;
        var across = site.Form.Course(Away);
        var seed = random.Next();
        site.Put(new(across, site.Plan.HasWater ? site.Plan.WaterLevel : site.Ground(across, Away), Away, 6.4f, brush => falls.Paint(brush, Own("rock", Tone.Hex("5f5b57")), seed)));
    }

    private void Eruption()
    {
        var falls = new Waterfalls(site.Day);
        var away = site.Plan.MountainStart * 1.9f;
        var across = site.Plan.Mass * away * 0.16f;
        site.Put(new(across, site.Ground(across, away) + 0.6f, away * 0.97f, site.Plan.Mountains, brush => falls.Erupt(brush, brief.Random("eruption"))));
    }

    private void Fire(SeededRandom random)
    {
        var share = site.Focus + (site.Focus > 0.5f ? -0.16f : 0.16f);
        Stand(random, share, 1, 0.1f, brush =>
        {
            var own = new SeededRandom(11);
            for (var i = 0; i < 4; i++) brush.Limb(site.Day.On(Tone.Hex("4a3222"), 0.3f), (-0.25f + (i * 0.12f), 0.02f, 0.04f), (0.2f - (i * 0.1f), 0.1f, 0.035f));
            brush.Glow(0, 0.35f, 3.4f, new Vector3(1.3f, 0.55f, 0.16f) * (0.35f + (0.5f * site.Day.Lamps)));
            for (var i = 0; i < 40; i++)
            {
                var t = i / 40f;
                brush.Dab(own.Normal() * 0.14f * (1 - t), 0.08f + (t * own.Range(0.5f, 0.95f)), 0.08f * (1.1f - t), 0.14f * (1.1f - t), 0, Vector3.Lerp(new(3.2f, 1.9f, 0.5f), new(2.4f, 0.5f, 0.1f), t), 0.5f);
            }
        });
    }

    private void Fence(SeededRandom random)
    {
        var color = Own("fence", Tone.Hex("8a7458"));
        var step = 1.1f;
        var from = new Vector2(site.Across(0.02f, 5), 5);
        var toward = Vector2.Normalize(new(site.Across(0.75f, 22) - from.X, 17));
        for (var i = 0; i < 22; i++)
        {
            var at = from + (toward * (i * step));
            var next = at + (toward * step);
            if (!site.IsLand(at.X, at.Y) || site.OnCourse(at.X, at.Y, 0.2f)) continue;
            float ground = site.Ground(at.X, at.Y), after = site.Ground(next.X, next.Y);
            site.Put(new(at.X, ground, at.Y, 0.9f, brush =>
            {
                brush.Fill(new ShapePath().Box(-0.06f, -0.05f, 0.12f, 1.05f), site.Day.On(color, 0.4f));
                var end = site.Camera.Project(next.X, after, next.Y) - site.Camera.Project(at.X, ground, at.Y);
                var scale = at.Y / next.Y;
                float x = end.X / brush.Scale, y = -end.Y / brush.Scale;
                foreach (var rail in (float[])[0.42f, 0.78f])
                    brush.Fill(new ShapePath().Polygon(new(0, rail), new(x, y + (rail * scale)), new(x, y + ((rail + 0.1f) * scale)), new(0, rail + 0.1f)), site.Day.On(color * 1.05f, 0.5f));
            }));
        }

        _ = random;
    }

    private void Lanterns(SeededRandom random)
    {
        var paper = site.Plan.HasWater || brief.Has("temple", "night") || site.Day.IsNight;
        var light = Own("lantern", Tone.Hex("ff9a3c"));
        var count = brief.Count("lantern", 12);
        for (var i = 0; i < count; i++)
        {
            if (paper)
            {
                site.Fly(random.Range(0.04f, 0.96f), random.Range(0.08f, 0.75f), random.Range(9, 40), 0.9f, brush =>
                {
                    brush.Glow(0, 0.3f, 1.8f, light * 0.9f);
                    brush.Shade(new ShapePath().From(-0.2f, 0).To(0.2f, 0).Curve(0.3f, 0.3f, 0.26f, 0.6f, 0, 0.62f).Curve(-0.26f, 0.6f, -0.3f, 0.3f, -0.2f, 0), p => light * (2.6f - (2.6f * p.Y)));
                });
            }
            else
            {
                site.Stand(random, random.Range(0.08f, 0.92f), random.Range(6, 22), 2.2f, brush =>
                {
                    brush.Limb(site.Day.On(Tone.Hex("2c2d30"), 0.3f), (0, -0.02f, 0.02f), (0, 0.86f, 0.014f));
                    brush.Fill(new ShapePath().Polygon(new(-0.05f, 0.86f), new(0.05f, 0.86f), new(0.075f, 1), new(-0.075f, 1)), Vector3.Lerp(site.Day.On(Tone.Hex("d9d2bf"), 0.5f), light * 2.6f, site.Day.Lamps));
                    if (site.Day.Lamps > 0.2f) brush.Glow(0, 0.93f, 0.9f, light * site.Day.Lamps);
                });
            }
        }
    }

    private void Waters()
    {
        var random = brief.Random("boats");
        var boats = new Boats(site.Day);
        var birds = new Birds(site.Day);
        Afloat("boat", 1, 2.6f, 0.085f, 0.22f, random, (brush, i) => boats.Rowing(brush, Own("boat", Tone.Hex("7d4a2c")), i == 0 && !brief.Avoid("person")));
        Afloat("fisherman", brief.Has("boat") ? 0 : 1, 2.6f, 0.09f, 0.2f, random, (brush, _) => boats.Rowing(brush, Tone.Hex("6b4630"), true));
        Afloat("sailboat", brief.Has("boat") ? 1 : 2, 4, 0.2f, 0.45f, random, (brush, i) => boats.Sailing(brush, i == 0 ? Own("sailboat", Tone.Hex("f2efe8")) : Tone.Hex("3c5a7d"), Own("sailboat", i % 2 == 0 ? Tone.Hex("f4efe4") : Tone.Hex("d9573c"))));
        Afloat("ship", 1, 16, 0.09f, 0.1f, random, (brush, _) => boats.Ship(brush, Own("ship", Tone.Hex("26313d"))));
        Afloat("swan", 3, 1.1f, 0.07f, 0.3f, random, (brush, _) => birds.Swimming(brush, true, Own("swan", Tone.Hex("f6f4ef"))));
        Afloat("duck", 4, 0.6f, 0.045f, 0.3f, random, (brush, _) => birds.Swimming(brush, false, Own("duck", Tone.Hex("8a7358"))));
        Afloat("whale", 1, 4, 0.17f, 0.2f, random, (brush, _) => birds.Whale(brush, Own("whale", Tone.Hex("2e3f4c"))));
        Afloat("dolphin", 3, 2.2f, 0.1f, 0.3f, random, (brush, _) => birds.Dolphin(brush, Own("dolphin", Tone.Hex("5f7889"))));
    }

    private void Afloat(string concept, int usual, float size, float part, float spread, SeededRandom random, Action<SceneBrush, int> draw)
    {
        if (!brief.Has(concept) || usual == 0) return;
        var count = brief.Count(concept, usual);
        for (var i = 0; i < count; i++)
        {
            var index = i;
            var share = i == 0 ? site.Focus : Math.Clamp(site.Focus + random.Range(-spread, spread) - ((site.Focus - 0.5f) * 0.8f), 0.08f, 0.92f);
            var away = site.AwayFor(size, i == 0 ? part : part * random.Range(0.45f, 0.85f));
            site.Float(random, share, away, size * (concept is "ship" or "sailboat" ? 0.78f : 1), brush => draw(brush, index), random.Chance(0.5f));
        }
    }

    private void Lives()
    {
        var random = brief.Random("life");
        var animals = new Animals(site.Day);
        var figures = new Figures(site.Day);
        foreach (var kind in Animals.Kinds.Where(kind => brief.Has(kind)))
        {
            var count = brief.Count(kind, kind is "sheep" or "cow" ? 5 : kind is "camel" ? 3 : 1);
            var size = kind switch { "giraffe" => 4.2f, "elephant" => 2.6f, "camel" => 1.9f, "horse" => 1.6f, "cow" => 1.3f, "deer" => 1.35f, "bear" => 1.1f, "cat" => 0.36f, "rabbit" => 0.32f, "fox" => 0.5f, _ => 0.7f };
            var part = kind switch { "giraffe" => 0.36f, "elephant" => 0.25f, "cat" or "rabbit" => 0.15f, _ => 0.19f };
            Vector3? coat = brief.Tints.ContainsKey(kind) ? Own(kind, Vector3.One) : null;
            var left = site.Focus > 0.5f;
            for (var i = 0; i < count; i++)
            {
                var share = i == 0 ? site.Focus : site.Focus + (random.Normal() * 0.2f) - ((site.Focus - 0.5f) * 0.5f);
                if (kind == "camel") share = site.Focus + ((left ? 1 : -1) * i * 0.12f) - (left ? 0.14f : -0.14f);
                var away = site.AwayFor(size, kind == "camel" || i == 0 ? part * (kind == "camel" ? 0.62f : 1) : part * random.Range(0.35f, 0.9f));
                var rider = brief.Has("rider") && kind == "horse" && i == 0;
                site.Stand(random, share, away, size, brush =>
                {
                    animals.Paint(brush, kind, coat);
                    if (rider) figures.Rider(brush.At(0, 0, 1), new("person", Tone.Hex("8a3a2c"), Tone.Hex("2c221c")));
                }, kind == "camel" ? left : i == 0 ? left : random.Chance(0.5f), false);
            }
        }

        if (!brief.Avoid("person")) People(figures, random);
        if (brief.Has("firefly"))
        {
            for (var i = 0; i < 60; i++)
                site.Fly(random.Unit(), (site.Camera.Horizon / site.Camera.Height) + random.Range(-0.12f, 0.35f), random.Range(1.2f, 9), 0.05f, brush => brush.Glow(0, 0, 2.4f, new Vector3(1.3f, 1.5f, 0.4f)));
        }
    }

    private void People(Figures figures, SeededRandom random)
    {
        if (peopleStand) return;
        var kinds = Persons();
        if (brief.Has("rider") && !brief.Has("horse"))
        {
            var animals = new Animals(site.Day);
            Stand(random, site.Focus, 1.6f, 0.2f, brush =>
            {
                animals.Paint(brush, "horse", null);
                figures.Rider(brush, new("person", Tone.Hex("8a3a2c"), Tone.Hex("2c221c")));
            });
        }

        if (brief.Has("couple"))
        {
            var look = Look("woman", random);
            Stand(random, site.Focus, 1.06f, 0.17f, brush => figures.Couple(brush, look, new(4)));
        }

        var placed = 0;
        foreach (var kind in kinds)
        {
            var count = brief.Count(kind, 1);
            for (var i = 0; i < count; i++, placed++)
            {
                var look = Look(kind, random);
                var seed = random.Next();
                var animal = Animals.Kinds.Any(known => brief.Has(known));
                var share = site.Focus + (animal || placed > 0 ? ((site.Focus > 0.5f ? -1 : 1) * 0.11f * (placed + 1)) : 0) + (placed > 2 ? random.Normal() * 0.15f : 0);
                var part = placed == 0 ? 0.18f : random.Range(0.12f, 0.18f);
                site.Stand(random, share, site.AwayFor(1.06f, part), kind == "child" ? 1f : 1.06f, brush => figures.Paint(brush, look, new(seed)), random.Chance(0.5f), false);
            }
        }
    }

    private string[] Persons()
    {
        string[] kinds = [.. ((string[])["woman", "child", "fisherman", "dancer", "person"]).Where(kind => brief.Has(kind))];
        return brief.Has("boat") ? [.. kinds.Where(kind => kind != "fisherman")] : kinds;
    }

    private FigureLook Look(string kind, SeededRandom random)
    {
        var dress = Own("dress", new(-1));
        var old = kind == "woman" ? "old-woman" : "old-man";
        return new(
            kind,
            dress.X >= 0 ? dress : Own(kind, Own(old, Tone.Hex(random.Pick<string>(kind == "woman" ? ["c8372d", "d9a431", "f0e8da", "4a6aa5"] : ["a63c2c", "36506b", "c78a2c", "4c5a3a"])))),
            Own("hair", Tone.Hex(brief.Has(old) ? "d9d6cf" : random.Pick(["2a201a", "3d2a1d", "57402c"]))),
            brief.Has("hat"));
    }

    private void Flies()
    {
        var random = brief.Random("flying");
        var birds = new Birds(site.Day);
        var sky = site.Camera.Horizon / site.Camera.Height;
        if (brief.Has("bird") && !brief.Avoid("bird")) Flock(birds, random, sky, brief.Count("bird", 7), 0.038f);
        else if (site.Plan.Sea && !brief.Avoid("bird") && !site.Day.IsNight && random.Chance(0.6f)) Flock(birds, random, sky, 5, 0.022f);
        if (brief.Has("eagle")) site.Fly(1 - site.Focus, sky * 0.42f, 12, 0.17f * site.Camera.Height * 12 / site.Camera.Focal, brush => birds.Flying(brush, Own("eagle", Tone.Hex("4a3524")), new(3), true));
        for (var i = 0; brief.Has("butterfly") && i < brief.Count("butterfly", 5); i++)
        {
            var color = Own("butterfly", Tone.Hex(random.Pick(["e8902a", "4a86d9", "f2c934", "d94f7d"])));
            var seed = random.Next();
            var part = random.Range(0.03f, 0.07f);
            site.Fly(random.Range(0.12f, 0.88f), sky + random.Range(-0.12f, 0.3f), 1.6f, part * site.Camera.Height * 1.6f / site.Camera.Focal, brush => birds.Butterfly(brush, color, new(seed)));
        }

        if (brief.Has("balloon")) Balloons(random, sky);
        for (var i = 0; brief.Has("kite") && i < brief.Count("kite", 1); i++)
        {
            var color = Own("kite", Tone.Hex(random.Pick(["d9342b", "f2b824", "3b7dd8"])));
            site.Fly(random.Range(0.25f, 0.8f), sky * random.Range(0.2f, 0.55f), 14, 0.13f * site.Camera.Height * 14 / site.Camera.Focal, brush => new Elements.Balloons(site.Day).Kite(brush, color));
        }
    }

    private void Flock(Birds birds, SeededRandom random, float sky, int count, float part)
    {
        var color = Own("bird", site.Plan.Sea ? Tone.Hex("d9dad6") : Tone.Hex("2f2d2c"));
        var (x, y) = (1 - site.Focus + random.Range(-0.08f, 0.08f), sky * random.Range(0.35f, 0.6f));
        for (var i = 0; i < count; i++)
        {
            var seed = random.Next();
            var size = part * random.Range(0.6f, 1.25f) * site.Camera.Height * 20 / site.Camera.Focal;
            site.Fly(x + (random.Normal() * 0.09f), y + (random.Normal() * 0.045f), 20, size, brush => birds.Flying(brush, color, new(seed)), random.Chance(0.5f));
        }
    }

    private void Balloons(SeededRandom random, float sky)
    {
        var balloons = new Balloons(site.Day);
        var count = brief.Count("balloon", 3);
        Vector3[] cloths = Tone.Hexes("d8392f f2b632 2f6fb8 f0e9da 3f9a6b 8b4fa8 e8752f 2b3f66");
        for (var i = 0; i < count; i++)
        {
            var part = i == 0 ? 0.3f : random.Range(0.06f, 0.17f);
            var first = Own("balloon", cloths[(int)((brief.Seed + (i * 3)) % cloths.Length)]);
            var second = cloths[(int)((brief.Seed + (i * 3) + 1 + random.Below(4)) % cloths.Length)];
            if (brief.Tints.ContainsKey("balloon")) second = i % 2 == 0 ? Tone.Hex("f3ecdd") : first * 0.7f;
            var away = i == 0 ? 16 : random.Range(22, 60);
            var seed = random.Next();
            var share = i == 0 ? 1 - site.Focus + 0.04f : random.Range(0.08f, 0.92f);
            var row = i == 0 ? sky * 0.56f : sky * random.Range(0.22f, 0.85f);
            site.Fly(share, row + (part / 2), away, part * site.Camera.Height * away / site.Camera.Focal, brush => balloons.Balloon(brush, first, second, new(seed)));
        }
    }
}
