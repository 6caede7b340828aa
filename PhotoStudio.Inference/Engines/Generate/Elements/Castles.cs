using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>Castles, towers, lighthouses, windmills and pyramids, one unit high; round walls are shaded as cylinders.</summary>
internal sealed class Castles(Daylight day, bool snowy)
{
    private static readonly Vector3 WindowLight = new(2.6f, 1.55f, 0.62f);

    /// <summary>A castle of several towers on a foot of rock.</summary>
    public void Castle(SceneBrush brush, Vector3 stone, Vector3 roof, SeededRandom random)
    {
        brush.Shade(new ShapePath().From(-0.95f, -0.12f).Curve(-0.8f, 0.02f, -0.65f, 0.1f, -0.5f, 0.12f).To(0.5f, 0.12f).Curve(0.62f, 0.08f, 0.8f, 0, 0.95f, -0.12f), p => Lit(Tone.Hex("6c655c") * (0.9f + (0.25f * MathF.Sin((p.X * 31) + (p.Y * 57)))), 0.3f));
        (float X, float Top, float Half)[] towers = [(-0.44f, 0.5f, 0.075f), (0.46f, 0.46f, 0.08f), (-0.2f, 0.66f, 0.07f), (0.22f, 0.6f, 0.075f), (0.02f, 0.8f, 0.085f)];
        Wall(brush, stone * 0.92f, -0.45f, 0.45f, 0.06f, 0.32f);
        for (var i = 0; i < towers.Length; i++)
        {
            if (i == 2) Wall(brush, stone, -0.28f, 0.3f, 0.06f, 0.42f);
            var (x, top, half) = towers[i];
            Tower(brush, x + random.Range(-0.015f, 0.015f), 0.06f, top + random.Range(-0.03f, 0.03f), half, stone, roof, true);
        }

        Wall(brush, stone * 1.03f, -0.34f, 0.36f, 0.04f, 0.22f);
        var gate = new ShapePath().From(-0.05f, 0.03f).To(-0.05f, 0.12f).Curve(-0.05f, 0.17f, 0.05f, 0.17f, 0.05f, 0.12f).To(0.05f, 0.03f);
        brush.Fill(gate, day.Lamps > 0.4f ? WindowLight * 0.5f : Lit(Tone.Hex("2f2620"), 0.1f));
    }

    /// <summary>A round tower, with a pointed roof or battlements.</summary>
    public void Tower(SceneBrush brush, float x, float bottom, float top, float half, Vector3 stone, Vector3 roof, bool pointed)
    {
        var grain = brush.Scale > 150;
        brush.Shade(new ShapePath().Box(x - half, bottom, half * 2, top - bottom), p => Lit(Stone(stone, p, grain), Round((p.X - x) / half)));
        var crown = half * 1.18f;
        brush.Shade(new ShapePath().Box(x - crown, top - (half * 0.35f), crown * 2, half * 0.5f), p => Lit(stone * 1.05f, Round((p.X - x) / crown)));
        for (var i = 0; i < 5; i++)
            brush.Shade(new ShapePath().Box(x - crown + (i * crown * 0.44f), top + (half * 0.1f), crown * 0.24f, half * 0.3f), p => Lit(stone, Round((p.X - x) / crown)));
        if (pointed)
        {
            var height = half * 3.1f;
            var tiles = snowy ? new Vector3(0.85f, 0.89f, 0.96f) : roof;
            brush.Shade(new ShapePath().Polygon(new(x - (crown * 1.08f), top + (half * 0.12f)), new(x + (crown * 1.08f), top + (half * 0.12f)), new(x, top + height)), p => Lit(tiles * (0.92f + (0.08f * MathF.Sin(p.Y * 160))), Round((p.X - x) / (crown * Math.Max(0.05f, 1.08f * (1 - ((p.Y - top) / height)))))));
            brush.Limb(Lit(Tone.Hex("40342c"), 0.3f), (x, top + height, half * 0.04f), (x, top + height + (half * 0.9f), half * 0.03f));
            brush.Fill(new ShapePath().Polygon(new(x, top + height + (half * 0.9f)), new(x + (half * 1.1f * day.Side), top + height + (half * 0.68f)), new(x, top + height + (half * 0.46f))), Lit(roof * 1.2f, 0.6f));
        }

        for (var i = 0; i < 3; i++) Slit(brush, x + ((i - 1) * half * 0.35f), Tone.Mix(bottom, top, 0.42f + (i * 0.19f)), half * 0.16f);
    }

    /// <summary>A lighthouse; its beam turns when it is dark.</summary>
    public void Lighthouse(SceneBrush brush, Vector3 bands)
    {
        var white = Tone.Hex("f0ece3");
        brush.Shade(new ShapePath().Polygon(new(-0.13f, -0.03f), new(0.13f, -0.03f), new(0.082f, 0.76f), new(-0.082f, 0.76f)), p =>
        {
            var half = Tone.Mix(0.13f, 0.082f, p.Y / 0.76f);
            return Lit((int)MathF.Floor((p.Y + 0.05f) / 0.165f) % 2 == 1 ? bands : white, Round(p.X / half));
        });
        brush.Shade(new ShapePath().Box(-0.115f, 0.75f, 0.23f, 0.03f), p => Lit(Tone.Hex("3d4146"), Round(p.X / 0.115f)));
        brush.Fill(new ShapePath().Box(-0.06f, 0.78f, 0.12f, 0.1f), day.Lamps > 0.3f ? new Vector3(3.4f, 2.9f, 1.6f) : Lit(Tone.Hex("9fb4bd"), 0.7f));
        brush.Fill(new ShapePath().Box(-0.005f, 0.78f, 0.01f, 0.1f).Box(-0.06f, 0.825f, 0.12f, 0.008f), Lit(Tone.Hex("33363a"), 0.3f));
        brush.Shade(new ShapePath().From(-0.085f, 0.875f).Bend(-0.05f, 0.97f, 0, 0.985f).Bend(0.05f, 0.97f, 0.085f, 0.875f), p => Lit(bands * 0.9f, Round(p.X / 0.085f)));
        Slit(brush, 0.02f, 0.2f, 0.025f);
        Slit(brush, -0.02f, 0.5f, 0.022f);
        if (day.Lamps < 0.3f) return;
        brush.Glow(0, 0.83f, 0.55f, new Vector3(1.5f, 1.3f, 0.75f));
        for (var side = -1; side <= 1; side += 2)
        {
            for (var i = 0; i < 5; i++)
                brush.Fill(new ShapePath().Polygon(new(0, 0.84f), new(side * 4, 0.95f + (0.05f * i) + (side * 0.1f)), new(side * 4, 0.8f - (0.05f * i) + (side * 0.1f)), new(0, 0.82f)), new(1.1f, 0.98f, 0.66f), 0.035f * day.Lamps);
        }
    }

    /// <summary>A windmill.</summary>
    public void Windmill(SceneBrush brush, Vector3 body, SeededRandom random)
    {
        brush.Shade(new ShapePath().Polygon(new(-0.2f, -0.02f), new(0.2f, -0.02f), new(0.11f, 0.6f), new(-0.11f, 0.6f)), p => Lit(body, Round(p.X / Tone.Mix(0.2f, 0.11f, p.Y / 0.6f))));
        brush.Shade(new ShapePath().From(-0.13f, 0.59f).Bend(-0.1f, 0.76f, 0, 0.77f).Bend(0.1f, 0.76f, 0.13f, 0.59f), p => Lit(Tone.Hex("5c4433"), Round(p.X / 0.13f)));
        brush.Fill(new ShapePath().Box(-0.045f, -0.01f, 0.09f, 0.17f), Lit(Tone.Hex("4a3423"), 0.2f));
        Slit(brush, 0.03f, 0.34f, 0.03f);
        var turn = random.Range(0.2f, 1.2f);
        for (var i = 0; i < 4; i++)
        {
            var angle = turn + (i * MathF.PI / 2);
            var (sin, cos) = MathF.SinCos(angle);
            Vector2 along = new(cos, sin), across = new(-sin, cos), hub = new(0, 0.64f);
            brush.Limb(Lit(Tone.Hex("4a3a2c"), 0.3f), (hub.X, hub.Y, 0.012f), (hub.X + (cos * 0.46f), hub.Y + (sin * 0.46f), 0.006f));
            brush.Fill(new ShapePath().Polygon(hub + (along * 0.1f), hub + (along * 0.45f), hub + (along * 0.45f) + (across * 0.1f), hub + (along * 0.1f) + (across * 0.085f)), Lit(Tone.Hex("ece2cc"), 0.5f), 0.93f);
            for (var bar = 0; bar < 6; bar++)
            {
                var at = hub + (along * (0.13f + (bar * 0.06f)));
                brush.Limb(Lit(Tone.Hex("6b5a45"), 0.3f), (at.X, at.Y, 0.003f), (at.X + (across.X * 0.095f), at.Y + (across.Y * 0.095f), 0.003f));
            }
        }
    }

    /// <summary>A pyramid seen over an edge.</summary>
    public void Pyramid(SceneBrush brush, Vector3 stone)
    {
        var edge = 0.28f * day.Side;
        float Courses(Vector2 p) => 0.94f + (0.06f * MathF.Sin(p.Y * 120)) + (0.03f * MathF.Sin((p.X * 90) + (MathF.Floor(p.Y * 38) * 2.4f)));
        brush.Shade(new ShapePath().Polygon(new(-0.95f, -0.02f), new(edge, -0.05f), new(0, 1)), p => Lit(stone * Courses(p), day.Side < 0 ? 0.8f : 0.12f));
        brush.Shade(new ShapePath().Polygon(new(edge, -0.05f), new(0.95f, -0.02f), new(0, 1)), p => Lit(stone * Courses(p), day.Side < 0 ? 0.12f : 0.8f));
    }

    private static Vector3 Stone(Vector3 stone, Vector2 p, bool grain)
    {
        if (!grain) return stone;
        var row = MathF.Floor(p.Y * 42);
        return stone * (0.95f + (0.07f * MathF.Sin((row * 12.9f) + (MathF.Floor((p.X * 30) + (row * 0.5f)) * 78.2f))));
    }

    // A cylinder's brightness by the place across it; half of it lies in its own shade.
    private float Round(float across) => Math.Clamp(0.34f + (0.55f * Math.Clamp(across, -1, 1) * day.Side) - (0.22f * across * across), 0.02f, 1);

    private Vector3 Lit(Vector3 albedo, float facing) => day.On(albedo, Math.Clamp(facing, 0, 1), 0.9f);

    private void Wall(SceneBrush brush, Vector3 stone, float left, float right, float bottom, float top)
    {
        var grain = brush.Scale > 150;
        brush.Shade(new ShapePath().Box(left, bottom, right - left, top - bottom), p => Lit(Stone(stone, p, grain), 0.36f));
        var teeth = (int)((right - left) / 0.045f);
        for (var i = 0; i < teeth; i++) brush.Fill(new ShapePath().Box(left + (i * 0.045f), top - 0.002f, 0.026f, 0.026f), Lit(stone, 0.4f));
        for (var i = 1; i < teeth / 3; i++) Slit(brush, left + (i * 0.135f), Tone.Mix(bottom, top, 0.6f), 0.009f);
    }

    private void Slit(SceneBrush brush, float x, float y, float half)
    {
        var window = new ShapePath().From(x - half, y - (half * 2)).To(x - half, y + half).Bend(x, y + (half * 2.4f), x + half, y + half).To(x + half, y - (half * 2));
        brush.Fill(window, Vector3.Lerp(Lit(Tone.Hex("2b2926"), 0.1f), WindowLight, day.Lamps * 0.95f));
        if (day.Lamps > 0) brush.Glow(x, y, half * 9, WindowLight * (0.12f * day.Lamps));
    }
}
