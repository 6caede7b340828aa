using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Elements;

/// <summary>What a figure is like.</summary>
/// <param name="Kind">person, woman, child, fisherman, dancer.</param>
/// <param name="Clothes">The colour of the coat or dress.</param>
/// <param name="Hair">The colour of the hair.</param>
/// <param name="Hat">Whether it wears a wide straw hat.</param>
internal sealed record FigureLook(string Kind, Vector3 Clothes, Vector3 Hair, bool Hat = false);

/// <summary>People seen from behind or the side, one unit high, small in the scene.</summary>
internal sealed class Figures(Daylight day)
{
    private static readonly Vector3 Skin = Tone.Hex("b98263");
    private static readonly Vector3 Trousers = Tone.Hex("3a3d48");

    /// <summary>Paints a figure.</summary>
    public void Paint(SceneBrush brush, FigureLook look, SeededRandom random)
    {
        switch (look.Kind)
        {
            case "woman": Woman(brush, look); break;
            case "child": Walker(brush.At(0, 0, 0.62f), look, random, 1.3f); break;
            case "dancer": Dancer(brush, look); break;
            case "fisherman": Walker(brush, look with { Hat = true }, random, 1); Rod(brush); break;
            default: Walker(brush, look, random, 1); break;
        }
    }

    /// <summary>Two people hand in hand.</summary>
    public void Couple(SceneBrush brush, FigureLook look, SeededRandom random)
    {
        Limb(brush, Skin, 0.3f, (-0.1f, 0.56f, 0.022f), (0, 0.44f, 0.02f), (0.1f, 0.52f, 0.02f));
        Walker(brush.At(-0.17f, 0, 1), look with { Clothes = Tone.Hex("3d4a63") }, random, 1);
        Woman(brush.At(0.17f, 0, 0.93f), look);
    }

    /// <summary>A rider's body above a horse's back.</summary>
    public void Rider(SceneBrush brush, FigureLook look)
    {
        Limb(brush, Trousers, 0.25f, (0, 0.72f, 0.055f), (0.1f, 0.58f, 0.045f), (0.07f, 0.4f, 0.035f));
        Limb(brush, look.Clothes, 0.4f, (-0.02f, 0.72f, 0.07f), (-0.01f, 0.86f, 0.075f), (0, 0.98f, 0.055f));
        Limb(brush, look.Clothes, 0.35f, (0.02f, 0.96f, 0.035f), (0.12f, 0.84f, 0.03f), (0.22f, 0.82f, 0.022f));
        brush.Dab(0.02f, 1.09f, 0.05f, 0.058f, 0, Lit(Skin, 0.35f));
        brush.Dab(0.02f, 1.125f, 0.1f, 0.016f, 0.05f, Lit(Tone.Hex("4a3524"), 0.4f));
        brush.Dab(0.02f, 1.15f, 0.05f, 0.035f, 0, Lit(Tone.Hex("4a3524"), 0.45f));
    }

    private void Walker(SceneBrush brush, FigureLook look, SeededRandom random, float head)
    {
        var stride = random.Range(0.05f, 0.1f);
        Limb(brush, Trousers * 0.8f, 0.2f, (-0.03f, 0.48f, 0.055f), (-stride, 0.25f, 0.04f), (-stride - 0.03f, 0.03f, 0.026f), (-stride + 0.02f, 0.01f, 0.02f));
        Limb(brush, Trousers, 0.3f, (0.03f, 0.48f, 0.055f), (stride, 0.26f, 0.042f), (stride - 0.02f, 0.03f, 0.028f), (stride + 0.04f, 0.012f, 0.022f));
        Limb(brush, look.Clothes * 0.8f, 0.25f, (-0.075f, 0.76f, 0.035f), (-0.13f, 0.6f, 0.028f), (-0.1f, 0.46f, 0.022f));
        var coat = new ShapePath().SmoothLimb((0, 0.78f, 0.085f), (0, 0.64f, 0.092f), (0, 0.46f, 0.1f), (0, 0.4f, 0.1f));
        brush.Shade(coat, p => Lit(look.Clothes, 0.36f + (p.X * 3.2f * Light(brush))));
        Limb(brush, look.Clothes, 0.42f, (0.08f, 0.76f, 0.035f), (0.125f, 0.6f, 0.03f), (0.11f, 0.47f, 0.024f));
        brush.Dab(0, 0.86f, 0.03f, 0.04f, 0, Lit(Skin, 0.25f));
        brush.Dab(0, 0.93f, 0.054f * head, 0.064f * head, 0, Lit(look.Hair, 0.3f));
        brush.Dab(0.018f * Light(brush), 0.925f, 0.036f * head, 0.05f * head, 0, Lit(Vector3.Lerp(look.Hair, Skin, 0.35f), 0.45f), 0.7f);
        if (look.Hat) Hat(brush, 0, 0.97f);
    }

    private void Woman(SceneBrush brush, FigureLook look)
    {
        Limb(brush, Skin * 0.9f, 0.3f, (-0.03f, 0.2f, 0.026f), (-0.035f, 0.02f, 0.018f), (-0.02f, 0.01f, 0.016f));
        Limb(brush, Skin, 0.4f, (0.04f, 0.2f, 0.026f), (0.05f, 0.03f, 0.018f), (0.07f, 0.012f, 0.016f));
        var dress = new ShapePath().From(-0.06f, 0.8f).Curve(-0.1f, 0.74f, -0.045f, 0.62f, -0.06f, 0.56f).Curve(-0.1f, 0.42f, -0.15f, 0.26f, -0.19f, 0.13f)
            .Bend(0.02f, 0.08f, 0.2f, 0.15f).Curve(0.15f, 0.28f, 0.1f, 0.42f, 0.06f, 0.56f).Curve(0.045f, 0.62f, 0.1f, 0.74f, 0.06f, 0.8f);
        brush.Shade(dress, p => Lit(look.Clothes * (0.94f + (0.1f * MathF.Sin(p.X * 60))), 0.38f + (p.X * 2.6f * Light(brush))));
        Limb(brush, Skin, 0.35f, (-0.075f, 0.77f, 0.024f), (-0.12f, 0.62f, 0.02f), (-0.1f, 0.5f, 0.016f));
        Limb(brush, Skin, 0.45f, (0.075f, 0.77f, 0.024f), (0.125f, 0.63f, 0.02f), (0.115f, 0.5f, 0.016f));
        brush.Dab(0, 0.85f, 0.024f, 0.04f, 0, Lit(Skin, 0.3f));
        var hair = new ShapePath().SmoothLimb((0, 0.935f, 0.058f), (0, 0.87f, 0.06f), (-0.008f, 0.78f, 0.05f), (-0.015f, 0.7f, 0.02f));
        brush.Shade(hair, p => Lit(look.Hair, 0.3f + (p.X * 5 * Light(brush)) + (0.06f * MathF.Sin(p.X * 260))));
        if (look.Hat) Hat(brush, 0, 0.98f);
    }

    private void Dancer(SceneBrush brush, FigureLook look)
    {
        Limb(brush, Skin, 0.35f, (0, 0.5f, 0.04f), (0.005f, 0.26f, 0.028f), (0.0f, 0.02f, 0.014f), (0.025f, 0, 0.01f));
        Limb(brush, Skin, 0.4f, (0, 0.5f, 0.04f), (-0.2f, 0.44f, 0.03f), (-0.42f, 0.52f, 0.016f), (-0.47f, 0.545f, 0.008f));
        Limb(brush, Skin, 0.4f, (0.04f, 0.78f, 0.02f), (0.16f, 0.9f, 0.016f), (0.22f, 1.04f, 0.01f));
        Limb(brush, Skin, 0.35f, (-0.04f, 0.78f, 0.02f), (-0.2f, 0.78f, 0.016f), (-0.32f, 0.86f, 0.01f));
        Limb(brush, look.Clothes, 0.4f, (0, 0.79f, 0.05f), (0, 0.66f, 0.04f), (0, 0.56f, 0.05f));
        var skirt = new ShapePath().From(-0.05f, 0.6f).Curve(-0.2f, 0.58f, -0.3f, 0.5f, -0.34f, 0.44f).Bend(-0.1f, 0.4f, 0.1f, 0.42f).Curve(0.22f, 0.44f, 0.28f, 0.48f, 0.3f, 0.52f).Curve(0.2f, 0.58f, 0.1f, 0.6f, 0.05f, 0.6f);
        brush.Shade(skirt, p => Lit(look.Clothes * (0.92f + (0.14f * MathF.Sin(p.X * 50))), 0.45f + (p.X * Light(brush))));
        brush.Dab(0.01f, 0.85f, 0.02f, 0.035f, 0, Lit(Skin, 0.4f));
        brush.Dab(0.015f, 0.92f, 0.044f, 0.055f, 0, Lit(Skin, 0.4f));
        brush.Dab(-0.005f, 0.94f, 0.046f, 0.046f, 0, Lit(look.Hair, 0.4f));
        brush.Dab(-0.04f, 0.97f, 0.025f, 0.025f, 0, Lit(look.Hair, 0.4f));
    }

    private void Rod(SceneBrush brush)
    {
        Limb(brush, Tone.Hex("5b4630"), 0.3f, (0.1f, 0.5f, 0.01f), (0.4f, 0.8f, 0.007f), (0.75f, 1.02f, 0.003f));
        brush.Limb(day.On(new(0.6f), 0.5f), (0.75f, 1.02f, 0.0018f), (0.78f, 0.5f, 0.0018f), (0.8f, -0.05f, 0.0018f));
    }

    private void Hat(SceneBrush brush, float x, float y) =>
        brush.Shade(new ShapePath().Polygon(new(x - 0.13f, y - 0.03f), new(x + 0.13f, y - 0.03f), new(x, y + 0.07f)), p => Lit(Tone.Hex("dcc48a"), 0.5f + (p.X * 3 * Light(brush))));

    private void Limb(SceneBrush brush, Vector3 color, float facing, params ReadOnlySpan<(float X, float Y, float Radius)> joints) =>
        brush.Limb(Lit(color, facing), joints);

    private float Light(SceneBrush brush) => brush.Mirrored ? -day.Side : day.Side;

    private Vector3 Lit(Vector3 albedo, float facing) => day.On(albedo, Math.Clamp(facing, 0.03f, 1), 0.85f);
}
