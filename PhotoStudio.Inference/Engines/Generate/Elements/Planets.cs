using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>What a planet is made of.</summary>
internal enum PlanetKind
{
    Rocky,
    Gas,
    Earth,
    Moon,
}

/// <summary>Planets as lit spheres with their surface, a rim of air and rings that cast shadows.</summary>
internal sealed class Planets(Daylight day)
{
    /// <summary>Paints a planet around a place, with a radius, in the brush's unit.</summary>
    public void Paint(SceneBrush brush, float x, float y, float radius, PlanetKind kind, Vector3? color, bool ringed, SeededRandom random)
    {
        var noise = new GradientNoise(random);
        var colors = Colors(kind, color, random);
        var sun = Vector3.Normalize(new(day.Side * 0.78f, 0.42f, 0.46f));
        var tilt = random.Range(0.2f, 0.4f) * random.Sign();
        if (ringed) Rings(brush, x, y, radius, colors, tilt, noise, sun, false);
        var air = kind switch { PlanetKind.Earth => new Vector3(0.3f, 0.6f, 1.4f), PlanetKind.Moon => Vector3.Zero, _ => colors[2] * 0.7f };
        brush.Glow(x + (day.Side * radius * 0.05f), y + (radius * 0.03f), radius * 1.16f, air * 0.5f);
        brush.Shade(
            new ShapePath().Ellipse(x, y, radius, radius),
            p =>
            {
                float px = (p.X - x) / radius, py = (p.Y - y) / radius;
                var pz = MathF.Sqrt(Math.Max(0, 1 - (px * px) - (py * py)));
                var normal = new Vector3(px, py, pz);
                var (surface, gloss) = Surface(kind, normal, colors, noise, tilt);
                var facing = Vector3.Dot(normal, sun);
                var lit = Tone.Step(-0.12f, 0.95f, facing) * 1.05f;
                var light = surface * ((day.Sun * lit) + new Vector3(0.006f, 0.008f, 0.014f));
                if (gloss > 0) light += new Vector3(1.1f, 1, 0.85f) * (gloss * MathF.Pow(Math.Max(0, Vector3.Dot(Vector3.Normalize(sun + Vector3.UnitZ), normal)), 40) * 0.7f);
                var rim = MathF.Pow(1 - pz, 2.6f);
                return light + (air * (rim * Tone.Step(-0.25f, 0.5f, facing) * 1.1f));
            });
        if (ringed) Rings(brush, x, y, radius, colors, tilt, noise, sun, true);
    }

    private static Vector3[] Colors(PlanetKind kind, Vector3? color, SeededRandom random)
    {
        if (color is { } own) return [own * 0.45f, own * 0.8f, own, Vector3.Lerp(own, Vector3.One, 0.5f)];
        return kind switch
        {
            PlanetKind.Gas => Tone.Hexes(random.Pick(["7a4a2f b5794a e0b98a f4e2c4", "3d5a8f 6f93c0 a9c9de e6eef0", "6b3f5f a5637a dc9f94 f6dcc4", "8f6a34 c79b55 e8cf98 faf0d6"])),
            PlanetKind.Moon => Tone.Hexes("4f4d4c 7d7a76 a8a49d d8d4cb"),
            PlanetKind.Earth => Tone.Hexes("0c2f5f 1c5d8c 3f7a3c c2a873"),
            _ => Tone.Hexes(random.Pick(["5a2418 9a4428 c9743f e8b884", "24484a 3f7a70 8fb38a e0d6ac", "3f3350 6f5580 a98aa5 e6d3cf"])),
        };
    }

    private static (Vector3 Color, float Gloss) Surface(PlanetKind kind, Vector3 n, Vector3[] colors, GradientNoise noise, float tilt)
    {
        float u = (MathF.Atan2(n.X, n.Z) * 1.3f) + 4, v = (MathF.Asin(Math.Clamp(n.Y, -1, 1)) * 1.3f) + (tilt * n.X * 0.5f);
        switch (kind)
        {
            case PlanetKind.Gas:
                var swirl = 0.16f * noise.Fractal(u * 2.2f, v * 7, 5);
                var band = 0.5f + (0.5f * noise.Fractal(3.3f, (v + (swirl * 0.35f)) * 5.2f, 3));
                var color = Vector3.Lerp(colors[0], colors[1], Math.Clamp(band * 2.2f, 0, 1));
                color = Vector3.Lerp(color, colors[2], Tone.Step(0.42f, 0.62f, band + (swirl * 0.5f)));
                return (Vector3.Lerp(color, colors[3], Tone.Step(0.62f, 0.85f, band + swirl)), 0);
            case PlanetKind.Earth:
                var land = noise.Fractal((u * 1.25f) + (0.3f * noise.At(v * 2, u)), v * 1.25f, 7, 0.55f);
                var ground = Vector3.Lerp(colors[2], colors[3], Tone.Step(0.1f, 0.45f, land + (0.3f * noise.Fractal(u * 3, v * 3, 3)) - (0.25f * Math.Abs(v))));
                var sea = Vector3.Lerp(colors[0], colors[1], Tone.Step(-0.3f, 0.06f, land));
                var isLand = Tone.Step(0.04f, 0.075f, land);
                var globe = Vector3.Lerp(sea, ground, isLand);
                globe = Vector3.Lerp(globe, new(0.92f), Tone.Step(1.12f, 1.34f, Math.Abs(v) + (0.2f * land)));
                var cloud = Tone.Step(0.1f, 0.45f, noise.Fractal((u * 1.7f) + 9 + (0.5f * noise.At(u * 2, v * 3)), (v * 2.8f) + 3, 6, 0.56f) + 0.1f);
                return (Vector3.Lerp(globe, new(0.95f), cloud * 0.9f), (1 - isLand) * (1 - cloud));
            default:
                var rough = noise.Fractal(u * 2.4f, v * 2.4f, 7, 0.56f);
                var crater = noise.Ridged(u * 3.2f, v * 3.2f, 4);
                var stone = Vector3.Lerp(colors[1], colors[2], Math.Clamp(0.5f + (1.3f * rough), 0, 1));
                stone = Vector3.Lerp(stone, colors[0], Tone.Step(0.05f, 0.4f, -rough) * 0.8f);
                return (Vector3.Lerp(stone, colors[3], Tone.Step(0.55f, 0.9f, crater) * 0.45f), 0);
        }
    }

    // The half behind the planet is painted before it, the half before it after.
    private void Rings(SceneBrush brush, float x, float y, float radius, Vector3[] colors, float tilt, GradientNoise noise, Vector3 sun, bool front)
    {
        const float Inner = 1.35f, Outer = 2.25f, Open = 0.24f;
        var (sin, cos) = MathF.SinCos(tilt);
        var path = new ShapePath().Ellipse(x, y, radius * Outer, radius * Outer * 0.75f, tilt);
        var brushHere = brush;
        var low = brush.Map(new(x - (radius * Outer), y + (radius * Outer)));
        var high = brush.Map(new(x + (radius * Outer), y - (radius * Outer)));
        _ = path;
        for (var py = Math.Max(0, (int)low.Y); py < Math.Min(brush.View.Height, (int)high.Y); py++)
        {
            for (var px = Math.Max(0, (int)low.X); px < Math.Min(brush.View.Width, (int)high.X); px++)
            {
                float dx = ((px + 0.5f - brushHere.Origin.X) / brush.Scale) - x, dy = (-(py + 0.5f - brushHere.Origin.Y) / brush.Scale) - y;
                float u = ((dx * cos) + (dy * sin)) / radius, v = ((dy * cos) - (dx * sin)) / radius / Open;
                if (v < 0 != front) continue;
                var distance = MathF.Sqrt((u * u) + (v * v));
                if (distance is < Inner or > Outer) continue;
                var bands = 0.5f + (0.5f * noise.Fractal(distance * 13, 0.5f, 4, 0.6f));
                var alpha = Tone.Step(Inner, Inner + 0.04f, distance) * Tone.Step(Outer, Outer - 0.05f, distance) * (0.25f + (0.75f * bands)) * (Math.Abs(distance - 1.95f) < 0.035f ? 0.12f : 1);
                var shadow = u * day.Side < 0 && Math.Abs((v * 0.9f) + (u * 0.2f * day.Side)) < 0.95f ? 0.1f : 1;
                brush.View.Blend((py * brush.View.Width) + px, Vector3.Lerp(colors[2], colors[3], bands) * day.Sun * (0.62f * shadow * (0.7f + (0.3f * sun.Y))), alpha * 0.9f);
            }
        }
    }
}
