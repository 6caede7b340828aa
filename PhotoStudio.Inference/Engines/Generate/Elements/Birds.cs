using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>Birds in flight and on the water, butterflies, whales and dolphins; about one unit wide.</summary>
internal sealed class Birds(Daylight day)
{
    /// <summary>A bird in flight, its wings anywhere in their beat.</summary>
    public void Flying(SceneBrush brush, Vector3 color, SeededRandom random, bool broad = false)
    {
        var beat = random.Range(-0.12f, 0.3f);
        var chord = broad ? 0.1f : 0.06f;
        var tone = day.On(color, 0.2f, 0.7f);
        for (var side = -1; side <= 1; side += 2)
        {
            var wing = new ShapePath().From(side * 0.03f, 0.03f).Curve(side * 0.16f, 0.12f + beat, side * 0.3f, 0.16f + (beat * 1.1f), side * 0.52f, 0.02f + (beat * 0.9f))
                .Curve(side * 0.34f, 0.08f + beat - chord, side * 0.2f, 0.04f + beat - chord, side * 0.02f, -0.035f);
            brush.Fill(wing, side == (day.Side < 0 ? -1 : 1) ? tone * 1.12f : tone * 0.92f);
        }

        brush.Fill(new ShapePath().SmoothLimb((-0.14f, -0.012f, 0.012f), (-0.05f, 0, 0.034f), (0.06f, 0.008f, 0.036f), (0.13f, 0.022f, 0.022f), (0.17f, 0.018f, 0.006f)), tone);
    }

    /// <summary>A swan or a duck on the water.</summary>
    public void Swimming(SceneBrush brush, bool swan, Vector3 color)
    {
        var body = new ShapePath().From(-0.46f, 0.14f).Curve(-0.36f, 0.26f, -0.1f, 0.3f, 0.12f, 0.2f).Curve(0.3f, 0.16f, 0.36f, 0.06f, 0.28f, -0.02f).To(-0.24f, -0.03f).Curve(-0.36f, -0.02f, -0.42f, 0.06f, -0.46f, 0.14f);
        brush.Shade(body, p => Lit(color * (0.9f + (0.1f * MathF.Sin((p.X * 40) + (p.Y * 30)))), 0.3f + (p.Y * 1.4f) + (p.X * 0.4f * Light(brush))));
        if (swan)
        {
            brush.Shade(new ShapePath().SmoothLimb((0.22f, 0.1f, 0.085f), (0.33f, 0.26f, 0.05f), (0.25f, 0.46f, 0.038f), (0.28f, 0.6f, 0.038f), (0.36f, 0.63f, 0.042f)), p => Lit(color, 0.42f + ((p.X - 0.28f) * 2.4f * Light(brush))));
            brush.Fill(new ShapePath().Polygon(new(0.385f, 0.645f), new(0.49f, 0.58f), new(0.38f, 0.6f)), Lit(Tone.Hex("e0792a"), 0.5f));
        }
        else
        {
            brush.Shade(new ShapePath().SmoothLimb((0.2f, 0.14f, 0.08f), (0.27f, 0.3f, 0.06f), (0.31f, 0.37f, 0.075f)), p => Lit(Tone.Hex("2c6b48"), 0.4f + (p.X * Light(brush))));
            brush.Fill(new ShapePath().Polygon(new(0.37f, 0.39f), new(0.49f, 0.35f), new(0.37f, 0.33f)), Lit(Tone.Hex("d9a62e"), 0.5f));
        }

        brush.Fill(new ShapePath().From(-0.44f, 0.17f).Curve(-0.3f, 0.29f, -0.06f, 0.29f, 0.08f, 0.16f).Curve(-0.06f, 0.1f, -0.26f, 0.1f, -0.44f, 0.17f), Lit(color * 0.93f, 0.55f), 0.8f);
    }

    /// <summary>A butterfly with spread wings.</summary>
    public void Butterfly(SceneBrush brush, Vector3 color, SeededRandom random)
    {
        var fold = random.Range(0.45f, 1);
        for (var side = -1; side <= 1; side += 2)
        {
            var x = side * fold;
            var upper = new ShapePath().From(0, 0.02f).Curve(x * 0.12f, 0.3f, x * 0.4f, 0.46f, x * 0.5f, 0.34f).Curve(x * 0.5f, 0.14f, x * 0.28f, 0, 0, 0.02f);
            var lower = new ShapePath().From(0, 0.02f).Curve(x * 0.22f, 0, x * 0.4f, -0.08f, x * 0.34f, -0.24f).Curve(x * 0.22f, -0.32f, x * 0.06f, -0.16f, 0, 0.02f);
            brush.Fill(upper, Lit(Tone.Hex("231b1a"), 0.3f));
            brush.Fill(lower, Lit(Tone.Hex("231b1a"), 0.3f));
            brush.Fill(upper.Map(p => new((p.X * 0.82f) + (x * 0.02f), (p.Y * 0.8f) + 0.025f)), Lit(color, 0.6f + (0.3f * side * day.Side)));
            brush.Fill(lower.Map(p => new((p.X * 0.8f) + (x * 0.01f), p.Y * 0.8f)), Lit(Vector3.Lerp(color, Vector3.One, 0.25f), 0.6f + (0.3f * side * day.Side)));
            brush.Dab(x * 0.34f, 0.25f, 0.035f, 0.03f, 0, Lit(new(0.9f, 0.85f, 0.7f), 0.6f));
        }

        brush.Limb(Lit(Tone.Hex("1d1716"), 0.3f), (0, 0.16f, 0.018f), (0, 0, 0.022f), (0, -0.2f, 0.012f));
    }

    /// <summary>The tail of a diving whale, or its back.</summary>
    public void Whale(SceneBrush brush, Vector3 color)
    {
        var tail = new ShapePath().From(-0.07f, -0.06f).Curve(-0.05f, 0.14f, -0.03f, 0.26f, -0.1f, 0.36f).Curve(-0.24f, 0.44f, -0.44f, 0.42f, -0.52f, 0.5f).Curve(-0.38f, 0.62f, -0.12f, 0.56f, 0, 0.44f)
            .Curve(0.12f, 0.56f, 0.38f, 0.62f, 0.52f, 0.5f).Curve(0.44f, 0.42f, 0.24f, 0.44f, 0.1f, 0.36f).Curve(0.03f, 0.26f, 0.05f, 0.14f, 0.07f, -0.06f);
        brush.Shade(tail, p => Lit(color, 0.22f + (p.Y * 0.5f) + (p.X * 0.5f * Light(brush))));
        for (var i = -3; i <= 3; i++) brush.Dab(i * 0.05f, -0.02f, 0.07f, 0.02f, 0, Lit(new(0.85f, 0.92f, 0.95f), 0.6f), 0.7f);
    }

    /// <summary>A leaping dolphin.</summary>
    public void Dolphin(SceneBrush brush, Vector3 color)
    {
        brush.Shade(new ShapePath().SmoothLimb((-0.5f, 0.1f, 0.018f), (-0.36f, 0.3f, 0.05f), (-0.1f, 0.48f, 0.1f), (0.18f, 0.46f, 0.09f), (0.36f, 0.34f, 0.055f), (0.47f, 0.22f, 0.02f)), p => Lit(color, 0.3f + ((p.Y - 0.4f) * 2.4f)));
        brush.Fill(new ShapePath().From(-0.08f, 0.56f).Curve(-0.12f, 0.66f, -0.18f, 0.7f, -0.24f, 0.71f).Curve(-0.2f, 0.62f, -0.22f, 0.56f, -0.24f, 0.5f), Lit(color, 0.5f));
        brush.Fill(new ShapePath().From(0.1f, 0.38f).Curve(0.06f, 0.3f, 0, 0.26f, -0.06f, 0.24f).Curve(-0.02f, 0.32f, 0, 0.38f, 0.02f, 0.42f), Lit(color * 0.8f, 0.3f));
        brush.Fill(new ShapePath().Polygon(new(-0.5f, 0.11f), new(-0.64f, 0.12f), new(-0.5f, 0.05f), new(-0.52f, -0.06f), new(-0.45f, 0.1f)), Lit(color, 0.35f));
    }

    private float Light(SceneBrush brush) => brush.Mirrored ? -day.Side : day.Side;

    private Vector3 Lit(Vector3 albedo, float facing) => day.On(albedo, Math.Clamp(facing, 0.03f, 1), 0.92f);
}
