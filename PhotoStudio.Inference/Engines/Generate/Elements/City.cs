using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>Tall buildings, one unit high, with rows of windows, setbacks and masts.</summary>
internal sealed class City(Daylight day)
{
    /// <summary>A building of a given width in units of its height.</summary>
    public void Building(SceneBrush brush, float width, Vector3 wall, Vector3? neon, SeededRandom random)
    {
        var half = width / 2;
        var edge = half * random.Range(0.25f, 0.5f) * -day.Side;
        var shape = random.Below(5);
        float shoulder = shape == 1 ? random.Range(0.72f, 0.88f) : 1, crown = shape == 1 ? random.Range(0.5f, 0.75f) : 1;
        float litSide = 0.5f, darkSide = 0.1f;
        Block(brush, -half, edge, 0, shoulder, wall, day.Side < 0 ? litSide : darkSide, random);
        Block(brush, edge, half, 0, shoulder, wall, day.Side < 0 ? darkSide : litSide, random);
        if (shape == 1)
        {
            Block(brush, -half * crown, edge * crown, shoulder, 1, wall, day.Side < 0 ? litSide : darkSide, random);
            Block(brush, edge * crown, half * crown, shoulder, 1, wall, day.Side < 0 ? darkSide : litSide, random);
        }

        if (shape == 2) brush.Fill(new ShapePath().Polygon(new(-half, 0.995f), new(half, 0.995f), new(half * 0.6f * day.Side, 1.06f)), day.On(wall, 0.25f));
        if (shape == 3) brush.Shade(new ShapePath().Polygon(new(-half * 0.8f, 0.995f), new(half * 0.8f, 0.995f), new(0, 1.14f)), p => day.On(wall, 0.3f + (p.X / half * 0.3f * day.Side)));
        if (shape is 3 or 4 || random.Chance(0.25f))
        {
            var mast = random.Range(1.06f, 1.18f) + (shape == 3 ? 0.08f : 0);
            brush.Limb(day.On(wall * 0.7f, 0.2f), (0, 0.99f, half * 0.05f), (0, mast, half * 0.02f));
            if (day.Lamps > 0.4f) brush.Glow(0, mast, half * 0.5f, new Vector3(2.2f, 0.25f, 0.2f));
        }

        if (neon is not { } sign) return;
        var at = random.Range(0.45f, 0.8f);
        brush.Fill(new ShapePath().Box(-half * 0.9f, at, half * 0.22f, random.Range(0.12f, 0.2f)), sign * 2.4f);
        brush.Glow(-half * 0.8f, at + 0.07f, half * 1.6f, sign * 0.7f);
        brush.Fill(new ShapePath().Box(-half, 0.985f, width, 0.012f), sign * 1.8f);
    }

    private void Block(SceneBrush brush, float left, float right, float bottom, float top, Vector3 wall, float facing, SeededRandom random)
    {
        var sky = day.SkyAt(0.15f);
        var glassy = random.Chance(0.55f);
        int rows = Math.Clamp((int)((top - bottom) * brush.Scale / 7), 3, 60), columns = Math.Clamp((int)((right - left) * brush.Scale / 7), 1, 16);
        var salt = random.Next();
        var share = random.Range(0.3f, 0.75f);
        brush.Shade(
            new ShapePath().Box(left, bottom, right - left, top - bottom),
            p =>
            {
                var surface = day.On(wall, facing, 0.85f) + (new Vector3(0.1f, 0.065f, 0.04f) * (day.Lamps * MathF.Exp(-Math.Max(0, p.Y) * 2.2f)));
                float u = (p.X - left) / (right - left) * columns, v = (p.Y - bottom) / (top - bottom) * rows;
                float fu = u - MathF.Floor(u), fv = v - MathF.Floor(v);
                if (fu is < 0.22f or > 0.78f || fv is < 0.28f or > 0.8f) return surface;
                var glass = Vector3.Lerp(surface * 0.62f, sky * (0.35f + (0.3f * facing) + (0.2f * p.Y)), glassy ? 0.75f : 0.35f);
                if (day.Lamps <= 0) return glass;
                var hash = Hash(salt, (int)u, (int)v);
                if ((hash & 255) > share * 255) return glass;
                var warm = ((hash >> 8) & 255) / 255f;
                var lamp = Vector3.Lerp(new(1.9f, 1.15f, 0.5f), new(1.3f, 1.35f, 1.25f), warm * warm) * (0.4f + (0.9f * ((hash >> 16) & 255) / 255f));
                return Vector3.Lerp(glass, lamp, day.Lamps);
            });
    }

    private static uint Hash(uint salt, int x, int y)
    {
        var h = unchecked(salt + ((uint)x * 0x9E3779B1u) + ((uint)y * 0x85EBCA77u));
        h = unchecked((h ^ (h >> 15)) * 0x2C1B3C6Du);
        h = unchecked((h ^ (h >> 12)) * 0x297A2D39u);
        return h ^ (h >> 15);
    }
}

/// <summary>Bridges, one unit from the water to the deck, along the x axis.</summary>
internal sealed class Bridges(Daylight day)
{
    /// <summary>The length of a stone bridge.</summary>
    public const float StoneLength = 6.4f;

    /// <summary>The height of a stone bridge's way at a place along it, from its middle.</summary>
    public float Deck(float x) => 1 + (0.42f * (1 - (4 * x * x / (StoneLength * StoneLength))));

    /// <summary>A stone bridge of arches from one bank to the other.</summary>
    public void Stone(SceneBrush brush, Vector3 stone)
    {
        const float length = StoneLength, half = length / 2;
        var path = new ShapePath().From(-half, -0.3f);
        const int Steps = 40;
        for (var i = 0; i <= Steps; i++) path.To(-half + (length * i / Steps), Deck(-half + (length * i / Steps)));
        path.To(half, -0.3f);
        var arches = Math.Max(1, (int)(length / 2.3f));
        var span = length * 0.86f / arches;
        for (var i = arches - 1; i >= 0; i--)
        {
            float center = (-length * 0.43f) + (span * (i + 0.5f)), wide = span * 0.41f, rise = Deck(center) * 0.74f;
            path.To(center + wide, -0.3f).To(center + wide, 0);
            for (var step = 0; step <= 16; step++)
            {
                var (sin, cos) = MathF.SinCos(step / 16f * MathF.PI);
                path.To(center + (cos * wide), sin * rise);
            }

            path.To(center - wide, -0.3f);
        }

        brush.Shade(path, p => day.On(stone * (0.9f + (0.12f * MathF.Sin((MathF.Floor(p.Y * 9) * 7.7f) + (MathF.Floor((p.X * 6) + MathF.Floor(p.Y * 9) * 0.5f) * 3.1f)))), 0.38f + (0.05f * p.Y), 0.85f));
        var rail = new ShapePath();
        for (var i = 0; i < Steps; i++)
        {
            float a = -half + (length * i / Steps), b = -half + (length * (i + 1) / Steps);
            rail.Polygon(new(a, Deck(a) - 0.03f), new(b, Deck(b) - 0.03f), new(b, Deck(b) + 0.13f), new(a, Deck(a) + 0.13f));
        }

        brush.Fill(rail, day.On(stone * 1.08f, 0.55f));
        if (day.Lamps < 0.4f) return;
        for (var i = -2; i <= 2; i++)
        {
            var x = i * half * 0.38f;
            brush.Limb(day.On(Tone.Hex("303030"), 0.2f), (x, Deck(x), 0.02f), (x, Deck(x) + 0.5f, 0.014f));
            brush.Glow(x, Deck(x) + 0.52f, 0.55f, new Vector3(2.2f, 1.35f, 0.6f));
        }
    }

    /// <summary>A suspension bridge between two towers.</summary>
    public void Suspension(SceneBrush brush, float length, Vector3 steel)
    {
        var half = length / 2;
        float[] towers = [-half * 0.5f, half * 0.5f];
        const float Top = 3.1f;
        var color = day.On(steel, 0.42f, 0.85f);
        var cables = new ShapePath();
        for (var i = 0; i < 60; i++)
        {
            float a = -half + (length * i / 60f), b = -half + (length * (i + 1) / 60f);
            cables.Limb([(a, Sag(a), 0.028f), (b, Sag(b), 0.028f)]);
            if (i % 2 == 0) cables.Limb([(a, 1, 0.009f), (a, Sag(a), 0.009f)]);
        }

        brush.Fill(cables, color);
        brush.Shade(new ShapePath().Box(-half, 0.92f, length, 0.13f), p => day.On(steel * (p.Y > 1 ? 1.05f : 0.7f), 0.4f));
        foreach (var x in towers)
        {
            var tower = new ShapePath().Box(x - 0.17f, -0.3f, 0.12f, Top + 0.3f).Box(x + 0.05f, -0.3f, 0.12f, Top + 0.3f);
            for (var i = 0; i < 4; i++) tower.Box(x - 0.17f, 0.55f + (i * 0.72f), 0.34f, 0.11f);
            brush.Fill(tower, color);
            if (day.Lamps > 0.4f) brush.Glow(x, Top, 0.5f, new Vector3(2.1f, 0.4f, 0.25f));
        }

        for (var i = 0; i < 24 && day.Lamps > 0.4f; i++)
        {
            var x = -half + (length * (i + 0.5f) / 24);
            brush.Glow(x, 1.14f, 0.16f, new Vector3(2.4f, 1.6f, 0.8f));
        }

        float Sag(float x)
        {
            var middle = half * 0.5f;
            if (Math.Abs(x) <= middle) return 1.2f + ((Top - 1.2f) * x * x / (middle * middle));
            var out_ = (Math.Abs(x) - middle) / (half - middle);
            return Top - ((Top - 1.05f) * out_);
        }
    }
}
