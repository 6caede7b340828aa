using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>Things for a table, standing at the brush's origin; the unit is about twice a vase's height. Turned things are shaded as such.</summary>
internal sealed class StillLifeProps(Daylight day, SceneBrief brief)
{
    private readonly Flowers flowers = new(day);

    /// <summary>Paints a thing with its shadow.</summary>
    public void Paint(SceneBrush brush, string kind, SeededRandom random)
    {
        switch (kind)
        {
            case "vase": Vase(brush, random); break;
            case "bottle": Shadow(brush, 0.05f); Turned(brush, Own(kind, Tone.Hex("2f5a3c")), 0.44f, y => y < 0.26f ? 0.058f : y < 0.33f ? Tone.Mix(0.058f, 0.02f, Tone.Step(0.26f, 0.33f, y)) : 0.02f, 0.9f); break;
            case "glass": Glass(brush); break;
            case "cup": Cup(brush, random); break;
            case "candle": Candle(brush); break;
            case "book": Book(brush, random); break;
            case "bread": Bread(brush); break;
            case "bowl": Bowl(brush, random); break;
            case "grape": Grapes(brush, random); break;
            case "pear": Fruit(brush, kind, Tone.Hex(random.Pick(["b9b545", "a8a83f", "c9b04a"])), 0.055f, random); break;
            case "lemon": Fruit(brush, kind, Tone.Hex("eecb2f"), 0.044f, random); break;
            case "orange-fruit": Fruit(brush, kind, Tone.Hex("ec8a25"), 0.056f, random); break;
            default: Fruit(brush, "apple", Tone.Hex(random.Pick(["b3262a", "c2392c", "9fb03f"])), 0.056f, random); break;
        }
    }

    private Vector3 Own(string concept, Vector3 otherwise) => NamedColors.Of(brief, concept, otherwise);

    private void Shadow(SceneBrush brush, float wide, float strength = 0.62f)
    {
        for (var i = 0; i < 5; i++)
        {
            var grow = 1 + (i * 0.28f);
            brush.Dab(-day.Side * wide * (0.5f + (0.55f * i)), -0.006f, wide * grow, wide * 0.22f * grow, 0.05f * day.Side, new(0.012f, 0.009f, 0.01f), strength * 0.34f / (1 + (i * 0.45f)));
        }

        brush.Dab(0, -0.002f, wide * 0.95f, wide * 0.17f, 0, new(0.008f, 0.006f, 0.006f), strength);
    }

    private Vector3 Round(Vector3 color, float nx, float ny, float gloss)
    {
        var nz = MathF.Sqrt(Math.Max(0, 1 - (nx * nx) - (ny * ny)));
        var sun = new Vector3(day.Side * 0.66f, 0.52f, 0.54f);
        var facing = Vector3.Dot(new(nx, ny, nz), sun);
        var lit = Tone.Step(-0.22f, 1, facing);
        var bounce = Math.Max(0, -ny) * 0.16f;
        var light = color * ((day.Ambient * (0.55f + (0.25f * ny))) + (day.Sun * lit * 0.92f) + new Vector3(bounce * 0.5f, bounce * 0.36f, bounce * 0.26f));
        var half = Vector3.Normalize(sun + Vector3.UnitZ);
        return light + (day.Sun * (gloss * 0.75f * MathF.Pow(Math.Max(0, Vector3.Dot(new(nx, ny, nz), half)), 46)));
    }

    private void Turned(SceneBrush brush, Vector3 color, float tall, Func<float, float> half, float gloss, Func<float, float, Vector3>? glaze = null)
    {
        var outline = new List<Vector2>();
        const int Steps = 44;
        for (var i = 0; i <= Steps; i++) outline.Add(new(half(tall * i / Steps), tall * i / Steps));
        for (var i = Steps; i >= 0; i--) outline.Add(new(-half(tall * i / Steps), tall * i / Steps));
        var foot = half(0);
        var shape = new ShapePath().Polygon([.. outline]).Ellipse(0, 0, foot, foot * 0.2f);
        brush.Shade(shape, p =>
        {
            var y = Math.Clamp(p.Y, 0, tall);
            var radius = Math.Max(half(y), 1e-4f);
            var slope = (half(Math.Min(tall, y + 0.004f)) - half(Math.Max(0, y - 0.004f))) / 0.008f;
            var nx = Math.Clamp(p.X / radius, -1, 1);
            var scale = 1 / MathF.Sqrt(1 + (slope * slope));
            return Round(glaze?.Invoke(nx, y) ?? color, nx * scale, -slope * scale, gloss);
        });
    }

    private void Vase(SceneBrush brush, SeededRandom random)
    {
        Shadow(brush, 0.09f);
        var clay = Own("vase", Tone.Hex(random.Pick(["3f6a8a", "e6dfd0", "7a8f7c", "b5573c", "2f3f5c"])));
        var banded = random.Chance(0.5f);
        float Half(float y) => 0.042f + (0.052f * MathF.Pow(MathF.Sin(Math.Clamp(y / 0.3f, 0, 1) * MathF.PI * 0.86f), 1.4f)) + (y > 0.25f ? (y - 0.25f) * 0.14f : 0);
        var kind = ((string[])["rose", "tulip", "sunflower", "daisy", "lavender", "poppy"]).FirstOrDefault(kind => brief.Has(kind)) ?? "flower";
        if (!brief.Avoid("flower")) Bunch(brush, kind, random);
        Turned(brush, clay, 0.3f, Half, 0.9f, (nx, y) => banded && y is > 0.12f and < 0.19f && MathF.Sin((MathF.Asin(nx) * 9) + (MathF.Sin(y * 160) * 0.8f)) > 0.2f ? Vector3.Lerp(clay, new(0.85f, 0.82f, 0.74f), 0.7f) : clay);
        brush.Fill(new ShapePath().Ellipse(0, 0.3f, Half(0.3f), 0.009f), clay * day.Ambient * 0.3f);
    }

    private void Bunch(SceneBrush brush, string kind, SeededRandom random)
    {
        var green = Tone.Hex("4a7038");
        for (var i = 0; i < 34; i++)
        {
            float x = random.Range(-0.22f, 0.22f), y = 0.34f + random.Range(0, 0.26f);
            var leaf = new ShapePath().From(x * 0.4f, 0.3f).Bend(x * 0.9f, y, x, y + 0.02f).Bend(x * 0.5f, y - 0.06f, x * 0.4f, 0.3f);
            brush.Fill(leaf, day.On(green * random.Range(0.5f, 1.1f), Math.Clamp(0.3f + (x * 2 * day.Side), 0.03f, 0.9f)));
        }

        var count = Math.Max(brief.Count(kind, 15), brief.Counts.ContainsKey(kind) && brief.Counts[kind] < 4 ? 1 : 13);
        var places = Enumerable.Range(0, count).Select(i =>
        {
            var radius = 0.21f * MathF.Sqrt((i + 0.4f) / count);
            var (sin, cos) = MathF.SinCos((i * 2.39996f) + 0.6f);
            return new Vector2((cos * radius * 1.08f) + random.Range(-0.012f, 0.012f), 0.5f + (sin * radius * 0.86f) + random.Range(-0.012f, 0.012f));
        }).OrderByDescending(place => place.Y).ToArray();
        foreach (var place in places)
        {
            brush.Limb(day.On(green * 0.7f, 0.2f), (place.X * 0.12f, 0.29f, 0.004f), (place.X * 0.7f, (place.Y + 0.3f) / 2, 0.0035f), (place.X, place.Y, 0.003f));
            var color = Own(kind, Own("flower", Own("bouquet", random.Pick(Flowers.Colors(kind)))));
            var facing = Math.Clamp(0.75f + (place.X * 1.6f * day.Side) + ((place.Y - 0.5f) * 0.8f), 0.35f, 1.15f);
            flowers.Head(brush.At(place.X, place.Y, kind == "lavender" ? 0.62f : 0.56f), kind, color * facing, random);
        }
    }

    private void Fruit(SceneBrush brush, string kind, Vector3 usual, float radius, SeededRandom random)
    {
        var color = Own(kind, usual);
        Shadow(brush, radius * 1.02f);
        var shape = kind switch
        {
            "pear" => new ShapePath().From(0, radius * 0.02f).Curve(radius * 1.15f, -radius * 0.02f, radius * 1.12f, radius * 1.35f, radius * 0.42f, radius * 1.9f)
                .Curve(radius * 0.3f, radius * 2.45f, -radius * 0.3f, radius * 2.45f, -radius * 0.42f, radius * 1.9f).Curve(-radius * 1.12f, radius * 1.35f, -radius * 1.15f, -radius * 0.02f, 0, radius * 0.02f),
            "lemon" => new ShapePath().From(-radius * 1.5f, radius * 0.95f).Curve(-radius * 1.1f, radius * 1.1f, -radius, radius * 2, 0, radius * 1.95f).Curve(radius, radius * 2, radius * 1.1f, radius * 1.1f, radius * 1.5f, radius)
                .Curve(radius * 1.1f, radius * 0.7f, radius * 0.9f, radius * 0.02f, 0, radius * 0.02f).Curve(-radius * 0.9f, radius * 0.02f, -radius * 1.1f, radius * 0.7f, -radius * 1.5f, radius * 0.95f),
            _ => new ShapePath().Ellipse(0, radius * 0.96f, radius, radius * 0.96f),
        };
        var blush = Tone.Hex("d8a13c");
        var noise = new GradientNoise(random);
        var turn = random.Range(-0.5f, 0.5f);
        brush.Shade(shape, p =>
        {
            var wide = kind == "pear" ? Tone.Mix(1.02f, 0.44f, Tone.Step(0.9f, 2.2f, p.Y / radius)) : kind == "lemon" ? 1.3f : 1;
            var tall = kind == "pear" ? 1.2f : 1;
            float nx = Math.Clamp(p.X / (radius * wide), -0.99f, 0.99f), ny = Math.Clamp(((p.Y / radius) - tall) / tall, -0.99f, 0.99f);
            var length = MathF.Sqrt((nx * nx) + (ny * ny));
            if (length > 0.99f) (nx, ny) = (nx / length * 0.99f, ny / length * 0.99f);
            var skin = color;
            if (kind == "apple") skin = Vector3.Lerp(color, blush, Tone.Step(0.05f, 0.55f, noise.Fractal((nx * 5) + turn, ny * 1.4f, 4) + (0.45f * ny)) * 0.6f);
            if (kind == "pear") skin = Vector3.Lerp(color, Tone.Hex("b0602f"), Tone.Step(0.1f, 0.5f, noise.Fractal(nx * 2, ny * 2, 3) + (nx * day.Side * 0.4f)) * 0.45f) * (1 + (0.12f * noise.Fractal(nx * 26, ny * 26, 2)));
            if (kind is "orange-fruit" or "lemon") skin *= 1 + (0.1f * noise.Fractal(nx * 30, ny * 30, 2));
            return Round(skin, nx, ny, kind is "pear" ? 0.3f : 0.75f);
        });
        if (kind is not ("apple" or "pear")) return;
        var top = kind == "pear" ? radius * 2.3f : radius * 1.78f;
        if (kind == "apple") brush.Dab(0, top, radius * 0.3f, radius * 0.1f, 0, color * day.Ambient * 0.35f, 0.7f);
        brush.Limb(day.On(Tone.Hex("4a3220"), 0.3f), (0, top - (radius * 0.05f), 0.005f), (0.006f * day.Side, top + (radius * 0.4f), 0.004f));
    }

    private void Glass(SceneBrush brush)
    {
        Shadow(brush, 0.045f, 0.35f);
        var wine = Own("glass", Tone.Hex("6b0f22"));
        float Half(float y) => y < 0.012f ? 0.05f : y < 0.14f ? 0.006f : 0.006f + (0.052f * MathF.Sin(Math.Clamp((y - 0.14f) / 0.16f, 0, 1) * 2.1f));
        var outline = new ShapePath();
        outline.Ellipse(0, 0.004f, 0.05f, 0.011f);
        brush.Fill(outline, day.Sun * 0.14f, 0.5f);
        brush.Fill(new ShapePath().Box(-0.005f, 0.005f, 0.01f, 0.14f), day.Sun * 0.22f, 0.55f);
        var bowl = new ShapePath().From(0, 0.14f).Curve(0.075f, 0.16f, 0.066f, 0.26f, 0.048f, 0.32f).To(-0.048f, 0.32f).Curve(-0.066f, 0.26f, -0.075f, 0.16f, 0, 0.14f);
        brush.Shade(bowl, p => (day.Sun * 0.1f) + (new Vector3(0.3f) * MathF.Pow(Math.Abs(p.X) / Math.Max(0.02f, Half(Math.Min(p.Y, 0.29f))), 6)), 0.35f);
        var drink = new ShapePath().From(0, 0.145f).Curve(0.062f, 0.16f, 0.06f, 0.21f, 0.059f, 0.235f).To(-0.059f, 0.235f).Curve(-0.06f, 0.21f, -0.062f, 0.16f, 0, 0.145f);
        brush.Shade(drink, p => wine * (day.Ambient + (day.Sun * Math.Clamp(0.35f - (p.X * 7 * day.Side), 0.05f, 0.9f))), 0.93f);
        brush.Fill(new ShapePath().Ellipse(0, 0.235f, 0.059f, 0.011f), Vector3.Lerp(wine, new(0.5f, 0.12f, 0.12f), 0.4f) * day.Sun * 0.6f);
        brush.Limb(day.Sun * 1.3f, (0.038f * day.Side, 0.18f, 0.0025f), (0.049f * day.Side, 0.24f, 0.004f), (0.043f * day.Side, 0.3f, 0.0015f));
        for (var i = 0; i < 24; i++)
        {
            var (sin, cos) = MathF.SinCos(i / 24f * MathF.Tau);
            brush.Dab(cos * 0.048f, 0.32f + (sin * 0.009f), 0.008f, 0.0018f, 0, day.Sun * 0.6f, 0.5f);
        }
    }

    private void Cup(SceneBrush brush, SeededRandom random)
    {
        Shadow(brush, 0.075f);
        var glaze = Own("cup", Tone.Hex(random.Pick(["e9e4d8", "4f7390", "c98f5a"])));
        brush.Fill(new ShapePath().Ellipse(0, 0.004f, 0.105f, 0.022f), day.On(glaze * 0.85f, 0.5f));
        brush.Fill(new ShapePath().Ellipse(0, 0.009f, 0.08f, 0.014f), day.On(glaze * 0.6f, 0.3f));
        var handle = new ShapePath().SmoothLimb((-day.Side * 0.06f, 0.095f, 0.009f), (-day.Side * 0.108f, 0.088f, 0.008f), (-day.Side * 0.1f, 0.045f, 0.008f), (-day.Side * 0.05f, 0.03f, 0.009f));
        brush.Fill(handle, day.On(glaze, 0.28f));
        Turned(brush, glaze, 0.115f, y => 0.045f + (0.026f * MathF.Pow(y / 0.115f, 0.55f)), 0.8f);
        brush.Fill(new ShapePath().Ellipse(0, 0.115f, 0.071f, 0.016f), day.On(glaze * 1.02f, 0.7f));
        brush.Fill(new ShapePath().Ellipse(0, 0.1135f, 0.064f, 0.0128f), day.On(Tone.Hex("3a2113"), 0.35f));
        for (var i = 0; i < 26; i++)
        {
            var t = i / 26f;
            brush.Dab((0.018f * MathF.Sin((t * 7) + 1)) + (random.Normal() * 0.006f * t), 0.13f + (0.2f * t), 0.008f + (0.018f * t), 0.018f, 0, new(0.8f), 0.05f * (1 - t));
        }
    }

    private void Candle(SceneBrush brush)
    {
        Shadow(brush, 0.06f);
        var wax = Own("candle", Tone.Hex("efe3c8"));
        Turned(brush, Tone.Hex("a07a35"), 0.05f, y => y < 0.012f ? 0.06f : 0.026f, 0.9f);
        brush.Shade(new ShapePath().Box(-0.021f, 0.05f, 0.042f, 0.26f), p => Round(wax, Math.Clamp(p.X / 0.021f, -0.98f, 0.98f), 0, 0.15f) + (wax * new Vector3(0.9f, 0.42f, 0.12f) * MathF.Exp((p.Y - 0.31f) * 20)));
        brush.Limb(new(0.02f), (0, 0.308f, 0.0022f), (0.002f, 0.33f, 0.0018f));
        brush.Glow(0, 0.36f, 0.62f, new Vector3(0.62f, 0.34f, 0.12f));
        brush.Glow(0, 0.355f, 0.12f, new Vector3(2f, 1.2f, 0.4f));
        brush.Shade(new ShapePath().From(0, 0.318f).Curve(0.02f, 0.335f, 0.012f, 0.37f, 0.001f, 0.405f).Curve(-0.012f, 0.37f, -0.02f, 0.335f, 0, 0.318f), p => Vector3.Lerp(new(1.2f, 1.5f, 3), new(4.2f, 2.9f, 1), Tone.Step(0.32f, 0.345f, p.Y)));
    }

    private void Book(SceneBrush brush, SeededRandom random)
    {
        Shadow(brush, 0.14f, 0.5f);
        for (var i = 0; i < 2; i++)
        {
            var cloth = Own("book", Tone.Hex(random.Pick(["7a2f2c", "2f4a63", "3f5a3f", "8a6a35"])));
            float y = i * 0.042f, shift = random.Range(-0.015f, 0.015f);
            brush.Fill(new ShapePath().Polygon(new(-0.13f + shift, y), new(0.13f + shift, y), new(0.13f + shift, y + 0.04f), new(-0.13f + shift, y + 0.04f)), day.On(cloth, 0.35f));
            brush.Fill(new ShapePath().Box(-0.12f + shift, y + 0.006f, 0.24f, 0.028f), day.On(Tone.Hex("e9dfc6"), 0.4f));
            brush.Fill(new ShapePath().Box(-0.13f + shift, y, 0.018f, 0.04f), day.On(cloth * 0.8f, 0.3f));
            brush.Fill(new ShapePath().Polygon(new(-0.13f + shift, y + 0.04f), new(0.13f + shift, y + 0.04f), new(0.105f + shift, y + 0.066f), new(-0.105f + shift, y + 0.066f)), day.On(cloth * 1.1f, 0.7f));
        }
    }

    private void Bread(SceneBrush brush)
    {
        Shadow(brush, 0.13f);
        var noise = new GradientNoise(new(5));
        brush.Shade(new ShapePath().From(-0.14f, 0.03f).Curve(-0.14f, 0.12f, -0.05f, 0.13f, 0.02f, 0.125f).Curve(0.12f, 0.12f, 0.15f, 0.08f, 0.14f, 0.025f).Curve(0.1f, -0.005f, -0.1f, -0.005f, -0.14f, 0.03f), p =>
        {
            var cut = Math.Abs(MathF.Sin((p.X * 46) + (p.Y * 16)));
            var crust = Vector3.Lerp(Tone.Hex("a8642a"), Tone.Hex("e9c78a"), Tone.Step(0.25f, 0.05f, cut) * 0.9f) * (1 + (0.25f * noise.Fractal(p.X * 60, p.Y * 60, 3)));
            return Round(crust, Math.Clamp(p.X / 0.15f, -0.7f, 0.7f), Math.Clamp((p.Y - 0.055f) / 0.08f, -0.7f, 0.7f), 0.1f);
        });
    }

    private void Bowl(SceneBrush brush, SeededRandom random)
    {
        Shadow(brush, 0.13f);
        (string Kind, string Color)[] kinds = [("apple", "b3262a"), ("orange-fruit", "ec8a25"), ("apple", "9fb03f"), ("lemon", "eecb2f")];
        (float X, float Y)[] places = [(-0.085f, 0.075f), (0.075f, 0.075f), (-0.005f, 0.085f), (-0.045f, 0.06f), (0.04f, 0.06f)];
        var fruit = ((string[])["apple", "pear", "lemon", "orange-fruit"]).Where(kind => brief.Has(kind)).ToArray();
        foreach (var (x, y) in places)
        {
            var (kind, color) = fruit.Length > 0 ? (random.Pick(fruit), "") : random.Pick(kinds);
            Fruit(brush.At(x, y), kind, color.Length > 0 ? Tone.Hex(color) : kind switch { "lemon" => Tone.Hex("eecb2f"), "pear" => Tone.Hex("b9b545"), "orange-fruit" => Tone.Hex("ec8a25"), _ => Tone.Hex("b3262a") }, 0.05f, random);
        }

        var glaze = Own("bowl", Tone.Hex(random.Pick(["e6e0d2", "3f6a7a", "8a5a3c"])));
        Turned(brush, glaze, 0.105f, y => 0.05f + (0.1f * MathF.Pow(y / 0.105f, 0.5f)), 0.7f);
        brush.Fill(new ShapePath().Polygon(new(-0.152f, 0.1f), new(0.152f, 0.1f), new(0.151f, 0.108f), new(-0.151f, 0.108f)), day.On(glaze * 1.1f, 0.75f));
    }

    private void Grapes(SceneBrush brush, SeededRandom random)
    {
        Shadow(brush, 0.1f);
        var skin = Own("grape", Tone.Hex(random.Pick(["3f2350", "5a2a4f", "8fa83f"])));
        for (var i = 0; i < 40; i++)
        {
            var t = i / 40f;
            float x = random.Normal() * 0.042f * (1.25f - (t * 0.7f)), y = 0.016f + (t * 0.1f) + random.Range(-0.006f, 0.006f);
            var tone = skin * random.Range(0.8f, 1.25f);
            brush.Shade(new ShapePath().Ellipse(x, y, 0.0185f, 0.019f), p => Round(tone, (p.X - x) / 0.0187f * 0.99f, (p.Y - y) / 0.0192f * 0.99f, 0.8f));
        }

        brush.Limb(day.On(Tone.Hex("5a4326"), 0.3f), (0, 0.12f, 0.004f), (0.015f, 0.15f, 0.0035f), (0.03f, 0.16f, 0.003f));
    }
}
