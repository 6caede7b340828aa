using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Noir: hard black and white, as if lit by one lamp: orange-filtered tones, local contrast, deep shadows, light falling off to the
/// corners, bloom and silver grain.
/// </summary>
internal sealed class NoirStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Noir;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var film = canvas.Spread(
            canvas.Map((_, _, i) => (0.5f * canvas.Colors.C0.Data[i]) + (0.4f * canvas.Colors.C1.Data[i]) + (0.1f * canvas.Colors.C2.Data[i])),
            0.01f,
            0.992f);
        var around = canvas.Blurred(film, 26);
        canvas.Report(0.4);
        var bloom = canvas.Blurred(film.Map(value => Tints.Smooth(0.75f, 1, value), canvas.Token), 9);
        var grain = canvas.GrainSeed("grain");
        var clump = canvas.Noise("clump");
        var size = 1 / canvas.Units(2.1f, 1.1f);
        canvas.Report(0.7);
        return canvas.Paint((x, y, i) =>
        {
            var value = film.Data[i] + (0.42f * (film.Data[i] - around.Data[i]));
            value = MathF.Pow(Math.Clamp(value, 0, 1), 1.28f);
            value = Math.Clamp(value + (1.05f * value * (1 - value) * ((2 * value) - 1)), 0, 1);
            value = 1 - ((1 - value) * (1 - (0.28f * bloom.Data[i])));
            float u = (x / (float)canvas.Width) - 0.5f, v = (y / (float)canvas.Height) - 0.46f;
            value *= 1 - Math.Min(0.72f, 1.5f * ((u * u) + (v * v)));
            var noise = (0.5f * Grain.Normal(x, y, grain)) + clump.At(x * size, y * size);
            value += noise * 0.06f * (0.25f + (2.6f * value * (1 - value)));
            return new Vector3(Math.Clamp(value, 0, 1));
        });
    }
}
