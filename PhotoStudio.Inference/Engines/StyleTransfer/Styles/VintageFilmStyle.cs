using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Vintage film: blacks that faded to brown, yellowed lights, colours crossed between tones, red halation around the lights, grain that
/// is strongest in the middle tones, darker corners, and light that leaked in at one side.
/// </summary>
internal sealed class VintageFilmStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.VintageFilm;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var soft = canvas.Blurred(canvas.Colors, 0.7f);
        var halo = canvas.Blurred(canvas.Luma.Map(luma => Tints.Smooth(0.72f, 1, luma), canvas.Token), 14);
        canvas.Report(0.5);
        var grain = canvas.GrainSeed("grain");
        var clump = canvas.Noise("clump");
        var random = canvas.Random("leak");
        float leakX = random.Chance(0.5f) ? -0.05f : 1.05f, leakY = random.Range(0.1f, 0.9f), leakSize = random.Range(0.28f, 0.42f);
        var clumpSize = 1 / canvas.Units(2.4f, 1.1f);
        return canvas.Paint((x, y, i) =>
        {
            var color = soft.At(i);
            color += new Vector3(0.3f, 0.1f, 0.02f) * (halo.Data[i] * (1 - Tints.Luma(color)));
            color = new(Curve(color.X, 0.075f, 0.975f, 1.06f), Curve(color.Y, 0.06f, 0.945f, 1), Curve(color.Z, 0.13f, 0.82f, 0.9f));
            color = Tints.Saturate(color, 0.82f);
            color += new Vector3(0.035f, 0.012f, -0.03f);
            var luma = Math.Clamp(Tints.Luma(color), 0, 1);
            var noise = (0.55f * Grain.Normal(x, y, grain)) + (1.1f * clump.At(x * clumpSize, y * clumpSize));
            color += new Vector3(noise * 0.055f * (0.35f + (2.6f * luma * (1 - luma))));
            float u = x / (float)canvas.Width, v = y / (float)canvas.Height;
            var corner = ((u - 0.5f) * (u - 0.5f)) + ((v - 0.5f) * (v - 0.5f));
            color *= 1 - (0.62f * corner * (0.5f + corner));
            var leak = MathF.Exp(-(((u - leakX) * (u - leakX) * 2.2f) + ((v - leakY) * (v - leakY) * 0.5f)) / (leakSize * leakSize * 0.5f));
            var light = Vector3.Lerp(Tints.Hex(0xE0402A), Tints.Hex(0xFFC46B), leak) * (leak * 0.8f);
            return Vector3.One - ((Vector3.One - Tints.Clamp(color)) * (Vector3.One - light));
        });
    }

    // A soft S between a lifted black and a lowered white.
    private static float Curve(float value, float black, float white, float gamma)
    {
        var t = MathF.Pow(Math.Clamp(value, 0, 1), 1 / gamma);
        t += 0.16f * t * (1 - t) * ((2 * t) - 1);
        return black + ((white - black) * t);
    }
}
