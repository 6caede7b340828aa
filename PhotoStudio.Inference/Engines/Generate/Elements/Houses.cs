using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>Houses, cabins, churches, temples and tents, one unit high, seen over a corner; windows are lit when it is dark.</summary>
internal sealed class Houses(Daylight day, bool snowy)
{
    private static readonly Vector3 WindowLight = new(2.6f, 1.55f, 0.62f);

    /// <summary>A house with a gable roof.</summary>
    public void House(SceneBrush brush, Vector3 wall, Vector3 roof, SeededRandom random, bool logs = false)
    {
        float front = 0.42f, side = random.Range(0.5f, 0.62f), eaves = 0.5f, ridge = 0.95f, skew = 0.05f;
        var lightOnFront = day.Side < 0 ? 0.62f : 0.22f;
        var lightOnSide = day.Side < 0 ? 0.25f : 0.68f;

        // The long side to the right, the gable to the left.
        var flank = new ShapePath().Polygon(new(0, -0.03f), new(side, skew - 0.02f), new(side, eaves), new(0, eaves));
        brush.Shade(flank, p => Lit(wall * (logs ? 0.78f + (0.22f * MathF.Sin(p.Y * 70)) : 0.94f + (0.06f * p.Y)), lightOnSide));
        var gable = new ShapePath().Polygon(new(-front, skew - 0.02f), new(0, -0.03f), new(0, eaves), new(-front / 2, ridge - 0.03f), new(-front, eaves));
        brush.Shade(gable, p => Lit(wall * (logs ? 0.78f + (0.22f * MathF.Sin(p.Y * 70)) : 0.9f + (0.1f * p.Y)), lightOnFront));
        var tiles = snowy ? new Vector3(0.88f, 0.92f, 0.97f) : roof;
        var slope = new ShapePath().Polygon(new(0.045f, eaves - 0.05f), new(side + 0.05f, eaves - 0.05f), new(side - (front * 0.42f), ridge), new(-front / 2, ridge));
        brush.Shade(slope, p => Lit(tiles * (0.88f + (0.12f * MathF.Sin(p.Y * 75)) + (0.04f * MathF.Sin((p.X * 60) + (p.Y * 20)))), lightOnSide + 0.1f));
        brush.Fill(new ShapePath().Polygon(new(-front - 0.05f, eaves - 0.06f), new(-front - 0.01f, eaves - 0.07f), new(-front / 2, ridge - 0.055f), new(0.03f, eaves - 0.07f), new(0.06f, eaves - 0.06f), new(-front / 2, ridge + 0.01f)), Lit(tiles * 0.7f, lightOnFront));
        Window(brush, -front * 0.72f, 0.25f, 0.1f, 0.13f);
        Window(brush, -front * 0.36f, 0.25f, 0.1f, 0.13f);
        Window(brush, (-front / 2) - 0.035f, 0.56f, 0.08f, 0.1f);
        var door = random.Range(0.16f, 0.26f);
        brush.Fill(new ShapePath().Box(door, -0.01f, 0.1f, 0.25f), Lit(Tone.Hex("5c3b26"), lightOnSide * 0.8f));
        Window(brush, door + 0.17f, 0.2f, 0.1f, 0.13f);
        if (side > 0.52f) Window(brush, 0.03f, 0.2f, 0.09f, 0.13f);
        var stack = side * 0.45f;
        brush.Fill(new ShapePath().Box(stack, ridge - 0.14f, 0.075f, 0.22f), Lit(Tone.Hex("8a5a48"), lightOnSide));
        if (snowy) brush.Fill(new ShapePath().Box(stack - 0.008f, ridge + 0.07f, 0.09f, 0.025f), Lit(new(0.9f, 0.93f, 0.97f), 0.6f));
        if (snowy || day.Lamps > 0.5f) Smoke(brush, stack + 0.035f, ridge + 0.1f, random);
    }

    /// <summary>A barn of boards with a broken roof, white trim and a large door.</summary>
    public void Barn(SceneBrush brush, Vector3 wall, Vector3 roof)
    {
        const float Front = 0.62f, Side = 0.78f, Eaves = 0.46f, Bend = 0.74f, Ridge = 0.95f;
        var lightOnFront = day.Side < 0 ? 0.66f : 0.3f;
        var lightOnSide = day.Side < 0 ? 0.28f : 0.68f;
        Vector3 trim = Lit(Tone.Hex("f1ece0"), lightOnFront + 0.1f), tiles = snowy ? new Vector3(0.88f, 0.92f, 0.97f) : roof;
        brush.Shade(new ShapePath().Polygon(new(0, -0.03f), new(Side, 0.02f), new(Side, Eaves + 0.02f), new(0, Eaves)), p => Lit(Boards(p.X), lightOnSide));
        var gable = new ShapePath().Polygon(new(-Front, 0.01f), new(0, -0.03f), new(0, Eaves), new(-Front * 0.17f, Bend), new(-Front / 2, Ridge - 0.02f), new(-Front * 0.83f, Bend), new(-Front, Eaves + 0.01f));
        brush.Shade(gable, p => Lit(Boards(p.X), lightOnFront));
        brush.Shade(new ShapePath().Polygon(new(0.05f, Eaves - 0.03f), new(Side + 0.04f, Eaves - 0.01f), new(Side - (Front * 0.12f), Bend + 0.01f), new(-Front * 0.17f, Bend)), p => Lit(tiles * Courses(p), lightOnSide));
        brush.Shade(new ShapePath().Polygon(new(-Front * 0.17f, Bend), new(Side - (Front * 0.12f), Bend + 0.01f), new(Side - (Front * 0.42f), Ridge), new(-Front / 2, Ridge)), p => Lit(tiles * Courses(p), lightOnSide + 0.14f));

        Limb(brush, trim, 0.016f, new(-Front, 0.01f), new(-Front, Eaves + 0.01f), new(-Front * 0.83f, Bend), new(-Front / 2, Ridge - 0.02f), new(-Front * 0.17f, Bend), new(0, Eaves), new(0, -0.03f));
        float left = -Front * 0.72f, right = -Front * 0.3f, top = 0.36f;
        brush.Shade(new ShapePath().Polygon(new(left, 0), new(right, -0.012f), new(right, top), new(left, top)), p => Lit(Boards(p.X) * 0.85f, lightOnFront));
        Limb(brush, trim, 0.011f, new(left, 0), new(left, top), new(right, top), new(right, -0.012f), new(left, 0), new(right, top));
        Limb(brush, trim, 0.011f, new(left, top), new(right, -0.012f));
        brush.Fill(new ShapePath().Box((-Front / 2) - 0.075f, 0.54f, 0.15f, 0.16f), Lit(Tone.Hex("2e2622"), 0.2f));
        Limb(brush, trim, 0.01f, new((-Front / 2) - 0.075f, 0.54f), new((-Front / 2) - 0.075f, 0.7f), new((-Front / 2) + 0.075f, 0.7f), new((-Front / 2) + 0.075f, 0.54f), new((-Front / 2) - 0.075f, 0.54f));
        for (var i = 0; i < 3; i++) Window(brush, 0.12f + (i * 0.23f), 0.2f, 0.08f, 0.11f);

        Vector3 Boards(float x) => wall * (0.9f + (0.07f * MathF.Sin(x * 95)) + (0.05f * MathF.Sin((x * 37) + 1)));

        static float Courses(Vector2 p) => 0.88f + (0.08f * MathF.Sin(p.Y * 85)) + (0.04f * MathF.Sin((p.X * 50) + (p.Y * 20)));

        static void Limb(SceneBrush brush, Vector3 color, float half, params ReadOnlySpan<Vector2> points)
        {
            for (var i = 1; i < points.Length; i++) brush.Limb(color, (points[i - 1].X, points[i - 1].Y, half), (points[i].X, points[i].Y, half));
        }
    }

    /// <summary>A church with a steeple.</summary>
    public void Church(SceneBrush brush, Vector3 wall, Vector3 roof, SeededRandom random)
    {
        House(brush.At(0.12f, 0, 0.55f), wall, roof, random);
        var light = day.Side < 0 ? 0.55f : 0.3f;
        brush.Shade(new ShapePath().Box(-0.24f, -0.01f, 0.18f, 0.62f), p => Lit(wall * (0.95f + (p.X * 0.4f * day.Side)), light));
        brush.Shade(new ShapePath().Polygon(new(-0.265f, 0.6f), new(-0.035f, 0.6f), new(-0.15f, 0.98f)), p => Lit((snowy ? new Vector3(0.88f, 0.92f, 0.97f) : roof) * (0.9f + ((p.X + 0.15f) * 1.6f * day.Side)), light + 0.1f));
        brush.Limb(Lit(Tone.Hex("c9a24a"), 0.7f), (-0.15f, 0.96f, 0.006f), (-0.15f, 1.07f, 0.006f));
        brush.Limb(Lit(Tone.Hex("c9a24a"), 0.7f), (-0.18f, 1.035f, 0.006f), (-0.12f, 1.035f, 0.006f));
        Window(brush, -0.185f, 0.42f, 0.07f, 0.1f);
        Window(brush, -0.185f, 0.2f, 0.07f, 0.1f);
    }

    /// <summary>A temple with upswept roofs in storeys.</summary>
    public void Temple(SceneBrush brush, Vector3 wall, Vector3 roof, int storeys)
    {
        var light = 0.4f;
        brush.Fill(new ShapePath().Box(-0.4f, -0.03f, 0.8f, 0.06f), Lit(Tone.Hex("9a938a"), light));
        var step = 0.86f / storeys;
        for (var i = 0; i < storeys; i++)
        {
            float y = 0.03f + (i * step), half = 0.3f * (1 - (i * 0.62f / storeys)), brim = half * 1.5f;
            brush.Shade(new ShapePath().Box(-half, y, half * 2, step * 0.58f), p => Lit(wall * (0.85f + (0.25f * p.X / half * day.Side)), light));
            for (var column = 0; column < 4; column++)
                brush.Fill(new ShapePath().Box((-half * 0.94f) + (column * half * 0.58f), y, half * 0.09f, step * 0.58f), Lit(Tone.Hex("6b2a1e"), light));
            Window(brush, -half * 0.2f, y + (step * 0.08f), half * 0.4f, step * 0.36f);
            var top = y + (step * 0.98f);
            var eaves = y + (step * 0.52f);
            var shape = new ShapePath().From(-brim, eaves + (step * 0.1f)).Bend(-half * 0.95f, eaves + (step * 0.02f), -half * 0.55f, top)
                .To(half * 0.55f, top).Bend(half * 0.95f, eaves + (step * 0.02f), brim, eaves + (step * 0.1f)).Bend(half, eaves - (step * 0.07f), 0, eaves - (step * 0.05f))
                .Bend(-half, eaves - (step * 0.07f), -brim, eaves + (step * 0.1f));
            var tiles = snowy ? new Vector3(0.86f, 0.9f, 0.96f) : roof;
            brush.Shade(shape, p => Lit(tiles * (0.8f + (1.1f * (p.Y - eaves) / step * 0.5f) + (0.05f * MathF.Sin(p.X * 130))), light + (p.X / brim * 0.3f * day.Side)));
        }

        brush.Limb(Lit(Tone.Hex("d2a83e"), 0.8f), (0, 0.86f, 0.014f), (0, 0.95f, 0.009f), (0, 1.02f, 0.003f));
    }

    /// <summary>A tent that glows from inside when it is dark.</summary>
    public void Tent(SceneBrush brush, Vector3 cloth)
    {
        var inside = day.Lamps > 0.4f ? new Vector3(1.5f, 0.85f, 0.35f) : Vector3.Zero;
        brush.Shade(new ShapePath().Polygon(new(-0.7f, -0.02f), new(0.1f, -0.05f), new(-0.12f, 1)), p => Lit(cloth * (0.7f + (0.3f * p.Y)), 0.45f) + (inside * cloth * 1.3f));
        brush.Shade(new ShapePath().Polygon(new(0.1f, -0.05f), new(0.85f, 0.03f), new(-0.12f, 1)), p => Lit(cloth * (0.85f + (0.2f * p.Y)), day.Side > 0 ? 0.7f : 0.25f) + (inside * cloth * 0.7f));
        brush.Fill(new ShapePath().Polygon(new(-0.38f, -0.03f), new(-0.06f, -0.04f), new(-0.12f, 0.7f)), day.Lamps > 0.4f ? WindowLight * 0.7f : Lit(cloth * 0.3f, 0.1f));
    }

    /// <summary>A window with a frame, lit when it is dark.</summary>
    public void Window(SceneBrush brush, float x, float y, float width, float height)
    {
        brush.Fill(new ShapePath().Box(x - (width * 0.12f), y - (height * 0.1f), width * 1.24f, height * 1.2f), Lit(Tone.Hex("efe9dc"), 0.3f));
        var glass = Vector3.Lerp(Lit(Tone.Hex("3c4d5c"), 0.2f) + (day.SkyAt(0.2f) * 0.15f), WindowLight, day.Lamps);
        brush.Fill(new ShapePath().Box(x, y, width, height), glass);
        brush.Fill(new ShapePath().Box(x + (width * 0.46f), y, width * 0.08f, height).Box(x, y + (height * 0.48f), width, height * 0.06f), Lit(Tone.Hex("efe9dc"), 0.2f) * (1 + day.Lamps));
        if (day.Lamps > 0) brush.Glow(x + (width / 2), y + (height / 2), width * 4, WindowLight * (0.16f * day.Lamps));
    }

    private Vector3 Lit(Vector3 albedo, float facing) => day.On(albedo, Math.Clamp(facing, 0, 1), 0.92f);

    private void Smoke(SceneBrush brush, float x, float y, SeededRandom random)
    {
        for (var i = 0; i < 22; i++)
        {
            var t = i / 22f;
            brush.Dab(x + (0.3f * t * t) + (random.Normal() * 0.03f * t), y + (0.7f * t), 0.02f + (0.075f * t), 0.02f + (0.06f * t), random.Range(0, 3), Lit(new(0.75f, 0.76f, 0.78f), 0.5f), 0.15f * (1 - t));
        }
    }
}
