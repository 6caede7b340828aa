using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Risograph: the picture in three spot inks, pink, blue and yellow, each with its own screen and grain and printed a little out of
/// register; where inks overlap they mix as light through colour glass.
/// </summary>
internal sealed class RisographStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Risograph;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var soft = Separate(canvas, canvas.Abstracted(2.5f));
        canvas.Report(0.6);
        var random = canvas.Random("register");
        (float X, float Y) Slip() => (canvas.Units(2.4f, 0) * random.Normal(), canvas.Units(2.4f, 0) * random.Normal());
        var ((bx, by), (px, py), (yx, yy)) = (Slip(), Slip(), Slip());
        var period = canvas.Units(4.6f, 2.5f);
        Halftone blueScreen = new(period, 15), pinkScreen = new(period, 75), yellowScreen = new(period, 45);
        var drum = canvas.Noise("drum");
        uint blueGrain = canvas.GrainSeed("blue"), pinkGrain = canvas.GrainSeed("pink"), yellowGrain = canvas.GrainSeed("yellow");
        Vector3 blue = Tints.Hex(0x0B5FB0), pink = Tints.Hex(0xFF4BA6), yellow = Tints.Hex(0xFFE21A), paper = Tints.Hex(0xF6F1E4);
        var far = 1 / canvas.Units(220);
        return canvas.Paint((x, y, _) =>
        {
            var uneven = 0.08f * drum.At(x * far, y * far);
            var cyan = 1 - soft.C0.At(x + bx, y + by);
            var magenta = 1 - soft.C1.At(x + px, y + py);
            var key = 1 - soft.C2.At(x + yx, y + yy);
            var b = Print(blueScreen, x + bx, y + by, Curve(cyan), Grain.Uniform(x, y, blueGrain), uneven);
            var p = Print(pinkScreen, x + px, y + py, Curve(magenta) * 0.92f, Grain.Uniform(x, y, pinkGrain), -uneven);
            var c = Print(yellowScreen, x + yx, y + yy, Curve(key) * 0.9f, Grain.Uniform(x, y, yellowGrain), uneven);
            return paper * Vector3.Lerp(Vector3.One, blue, b) * Vector3.Lerp(Vector3.One, pink, p) * Vector3.Lerp(Vector3.One, yellow, c);
        });
    }

    // Stronger colours, and yellow only where there is some: gray is printed in blue and pink.
    private static ColorPlanes Separate(StyleCanvas canvas, ColorPlanes colors) => canvas.Paint((_, _, i) =>
    {
        var color = Tints.Clamp(Tints.Saturate(colors.At(i), 1.7f));
        var neutral = 1 - Math.Max(color.X, Math.Max(color.Y, color.Z));
        return new(color.X, color.Y + (0.35f * neutral), color.Z + (0.75f * neutral));
    });

    private static float Curve(float tone) => Math.Clamp((1.12f * MathF.Pow(Math.Max(tone, 0), 1.15f)) - 0.04f, 0, 1);

    private static float Print(Halftone screen, float x, float y, float tone, float grain, float uneven)
    {
        var ink = screen.Dot(x, y, Math.Clamp(tone, 0, 0.96f));
        return Math.Clamp(ink * (0.8f + uneven + (0.3f * grain)), 0, 1);
    }
}
