using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>Boats, sailing boats and ships, about one unit long, afloat at the origin.</summary>
internal sealed class Boats(Daylight day)
{
    /// <summary>A rowing boat, with someone in it or empty.</summary>
    public void Rowing(SceneBrush brush, Vector3 hull, bool manned)
    {
        brush.Fill(new ShapePath().From(-0.5f, 0.15f).Curve(-0.3f, 0.07f, 0.3f, 0.07f, 0.5f, 0.17f).Bend(0, 0.1f, -0.5f, 0.15f), Lit(Tone.Hex("4a3423"), 0.15f));
        if (manned)
        {
            brush.Limb(Lit(Tone.Hex("3a3f4c"), 0.3f), (-0.03f, 0.1f, 0.06f), (-0.02f, 0.22f, 0.055f), (0.0f, 0.32f, 0.035f));
            brush.Dab(0.01f, 0.385f, 0.036f, 0.042f, 0, Lit(Tone.Hex("b98a6a"), 0.4f));
            brush.Fill(new ShapePath().Polygon(new(-0.075f, 0.39f), new(0.095f, 0.39f), new(0.01f, 0.46f)), Lit(Tone.Hex("d9c38a"), 0.6f));
            brush.Limb(Lit(Tone.Hex("5b4630"), 0.3f), (0.05f, 0.27f, 0.01f), (0.24f, 0.1f, 0.008f), (0.36f, -0.03f, 0.016f));
        }

        var side = new ShapePath().From(-0.52f, 0.16f).Bend(0, 0.06f, 0.52f, 0.18f).Curve(0.42f, 0.02f, 0.34f, -0.03f, 0.22f, -0.035f).To(-0.28f, -0.035f).Curve(-0.4f, -0.02f, -0.48f, 0.06f, -0.52f, 0.16f);
        brush.Shade(side, p => Lit(hull * (p.Y > 0.085f + (0.14f * p.X * p.X) ? 1.15f : 0.8f + p.Y), 0.38f + (0.3f * p.X * day.Side)));
    }

    /// <summary>A sailing boat with mainsail and jib.</summary>
    public void Sailing(SceneBrush brush, Vector3 hull, Vector3 sail)
    {
        brush.Limb(Lit(Tone.Hex("5b4630"), 0.3f), (0.02f, 0.08f, 0.011f), (0.02f, 1.3f, 0.006f));
        var main = new ShapePath().From(-0.01f, 1.26f).Curve(-0.16f, 0.9f, -0.36f, 0.5f, -0.46f, 0.22f).Bend(-0.2f, 0.17f, -0.01f, 0.2f);
        brush.Shade(main, p => Lit(sail * (0.9f + (0.08f * MathF.Sin(p.Y * 24))), 0.42f + (0.5f * (p.X + 0.2f) * -day.Side) + 0.1f) + (day.Glow * 0.1f));
        var jib = new ShapePath().From(0.05f, 1.12f).Curve(0.16f, 0.8f, 0.32f, 0.4f, 0.46f, 0.17f).Bend(0.2f, 0.2f, 0.05f, 0.24f);
        brush.Shade(jib, p => Lit(sail, 0.5f + (0.5f * p.X * day.Side)) + (day.Glow * 0.08f));
        var body = new ShapePath().From(-0.5f, 0.13f).Bend(0, 0.08f, 0.56f, 0.16f).Curve(0.44f, 0, 0.36f, -0.05f, 0.24f, -0.05f).To(-0.36f, -0.05f).Curve(-0.46f, -0.02f, -0.49f, 0.05f, -0.5f, 0.13f);
        brush.Shade(body, p => Lit(p.Y > 0.06f ? hull * 1.1f : hull * 0.75f, 0.36f + (0.3f * p.X * day.Side)));
        brush.Fill(new ShapePath().Box(-0.2f, 0.11f, 0.24f, 0.06f), Lit(Tone.Hex("d8cbb0"), 0.5f));
    }

    /// <summary>A ship with decks and a funnel.</summary>
    public void Ship(SceneBrush brush, Vector3 hull)
    {
        var body = new ShapePath().From(-0.5f, 0.12f).To(0.54f, 0.15f).Curve(0.48f, 0.03f, 0.45f, -0.04f, 0.42f, -0.05f).To(-0.46f, -0.05f).To(-0.5f, 0.12f);
        brush.Shade(body, p => Lit(p.Y < -0.005f ? Tone.Hex("8c2f28") : hull, 0.36f + (0.25f * p.X * day.Side)));
        for (var deck = 0; deck < 3; deck++)
        {
            float left = -0.4f + (0.05f * deck), right = 0.28f - (0.1f * deck), y = 0.12f + (deck * 0.065f);
            brush.Fill(new ShapePath().Box(left, y, right - left, 0.066f), Lit(Tone.Hex("eeeae0"), 0.5f));
            for (var i = 0; i < 14 - (deck * 3); i++)
                brush.Fill(new ShapePath().Box(left + 0.02f + (i * 0.045f), y + 0.02f, 0.024f, 0.022f), Vector3.Lerp(Lit(Tone.Hex("465563"), 0.2f), new(2.4f, 1.5f, 0.65f), day.Lamps));
        }

        brush.Shade(new ShapePath().Polygon(new(-0.2f, 0.3f), new(-0.09f, 0.3f), new(-0.11f, 0.48f), new(-0.21f, 0.48f)), p => Lit(p.Y > 0.43f ? Tone.Hex("22252a") : Tone.Hex("c8412f"), 0.45f + ((p.X + 0.15f) * 5 * day.Side)));
        for (var i = 0; i < 16; i++) brush.Dab(-0.17f - (0.03f * i), 0.5f + (0.016f * i), 0.02f + (0.006f * i), 0.018f + (0.004f * i), 0, Lit(new(0.45f, 0.45f, 0.47f), 0.3f), 0.16f * (1 - (i / 16f)));
        brush.Limb(Lit(Tone.Hex("3a3a3c"), 0.3f), (0.3f, 0.14f, 0.006f), (0.31f, 0.44f, 0.003f));
    }

    private Vector3 Lit(Vector3 albedo, float facing) => day.On(albedo, Math.Clamp(facing, 0, 1), 0.92f);
}

/// <summary>Hot-air balloons and kites, about one unit high.</summary>
internal sealed class Balloons(Daylight day)
{
    /// <summary>A striped hot-air balloon with its basket.</summary>
    public void Balloon(SceneBrush brush, Vector3 first, Vector3 second, SeededRandom random)
    {
        var gores = random.Below(4) + 7;
        var bands = random.Chance(0.35f);
        var envelope = new ShapePath().From(-0.055f, 0.2f).Curve(-0.16f, 0.34f, -0.37f, 0.46f, -0.37f, 0.67f).Curve(-0.37f, 0.9f, -0.18f, 1.02f, 0, 1.02f)
            .Curve(0.18f, 1.02f, 0.37f, 0.9f, 0.37f, 0.67f).Curve(0.37f, 0.46f, 0.16f, 0.34f, 0.055f, 0.2f);
        brush.Shade(envelope, p =>
        {
            var wide = p.Y > 0.67f ? 0.37f * MathF.Sqrt(Math.Max(0.001f, 1 - ((p.Y - 0.67f) * (p.Y - 0.67f) / 0.1225f))) : Tone.Mix(0.06f, 0.37f, Tone.Step(0.17f, 0.69f, p.Y));
            var round = Math.Clamp(p.X / wide, -0.999f, 0.999f);
            var turn = MathF.Asin(round) / MathF.PI;
            var stripe = bands && p.Y is > 0.55f and < 0.72f ? 1 : (int)MathF.Floor((turn + 0.5f) * gores) % 2;
            var seam = 1 - (0.1f * MathF.Pow(Math.Abs((((turn + 0.5f) * gores) % 1) - 0.5f) * 2, 8));
            var facing = 0.36f + (0.45f * round * day.Side) + (0.35f * (p.Y - 0.6f)) - (0.12f * round * round);
            var glow = day.Lamps > 0.3f ? new Vector3(0.9f, 0.42f, 0.14f) * MathF.Exp(-(p.Y - 0.2f) * 2.4f) * day.Lamps * 2 : Vector3.Zero;
            var cloth = stripe == 0 ? first : second;
            return day.On(cloth * seam, Math.Clamp(facing, 0.02f, 1), 0.95f) + (cloth * glow);
        });
        var rope = day.On(Tone.Hex("4a3a2c"), 0.2f);
        foreach (var x in (float[])[-0.05f, 0.05f]) brush.Limb(rope, (x, 0.21f, 0.004f), (x * 0.8f, 0.1f, 0.004f));
        brush.Shade(new ShapePath().Polygon(new(-0.05f, 0.1f), new(0.05f, 0.1f), new(0.042f, 0.02f), new(-0.042f, 0.02f)), p => day.On(Tone.Hex("8a5c34") * (0.9f + (0.2f * MathF.Sin(p.Y * 300))), 0.35f + (p.X * 6 * day.Side)));
        if (day.Lamps > 0.3f) brush.Glow(0, 0.18f, 0.16f, new Vector3(2.4f, 1.3f, 0.4f));
    }

    /// <summary>A kite with its tail.</summary>
    public void Kite(SceneBrush brush, Vector3 color)
    {
        var line = new ShapePath();
        for (var i = 0; i < 12; i++) line.Limb([(0.02f * MathF.Sin(i * 1.1f) + (i * 0.05f), -0.1f - (i * 0.13f), 0.006f), (0.02f * MathF.Sin((i + 1) * 1.1f) + ((i + 1) * 0.05f), -0.1f - ((i + 1) * 0.13f), 0.006f)]);
        brush.Fill(line, day.On(color * 0.7f, 0.4f));
        brush.Fill(new ShapePath().Polygon(new(0, 0.5f), new(0.3f, 0.15f), new(0, -0.35f)), day.On(color, 0.7f));
        brush.Fill(new ShapePath().Polygon(new(0, 0.5f), new(-0.3f, 0.15f), new(0, -0.35f)), day.On(Vector3.Lerp(color, Vector3.One, 0.35f), 0.4f));
    }
}
