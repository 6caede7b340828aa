using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Poster: broad shapes in nine colours of the picture's own, cleaned of scraps and deepened, as in the silk-screened travel posters
/// of the 1930s (k-means in Oklab).
/// </summary>
internal sealed class PosterStyle : IPictureStyle
{
    private const int Colors = 9;

    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.Poster;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var flat = canvas.Abstracted(5, rounds: 2, sharpness: 12);
        canvas.Report(0.6);
        var inks = Palettes.Of(flat, Colors, canvas.Random("poster"));

        // Membership is blurred before the strongest wins: borders come out round and scraps vanish.
        var lab = Palettes.ToOklab(canvas, flat);
        var best = new Plane(canvas.Width, canvas.Height);
        var second = new Plane(canvas.Width, canvas.Height);
        var winner = new int[best.Data.Length];
        var runner = new int[best.Data.Length];
        for (var k = 0; k < inks.Length; k++)
        {
            var ink = inks[k];
            var index = k;
            var member = canvas.Blurred(
                canvas.Map((_, _, i) => MathF.Exp(-260 * Vector3.DistanceSquared(lab.At(i), ink))), 1.1f);
            canvas.Map((_, _, i) =>
            {
                var value = member.Data[i];
                if (value > best.Data[i]) (second.Data[i], runner[i], best.Data[i], winner[i]) = (best.Data[i], winner[i], value, index);
                else if (value > second.Data[i]) (second.Data[i], runner[i]) = (value, index);
                return 0;
            });
        }

        canvas.Report(0.9);
        var tints = Array.ConvertAll(inks, Deepen);
        var grain = new PaperTexture(canvas.Random("screen"), canvas.Units(1.3f));
        return canvas.Paint((x, y, i) =>
        {
            // Between the two strongest the border is a pixel or so soft.
            var share = best.Data[i] / Math.Max(best.Data[i] + second.Data[i], 1e-9f);
            var color = Vector3.Lerp(tints[runner[i]], tints[winner[i]], Tints.Smooth(0.42f, 0.56f, share));
            return color + new Vector3(0.012f * grain.Tooth(x, y));
        });
    }

    private static Vector3 Deepen(Vector3 lab)
    {
        var lightness = Math.Clamp(0.5f + ((lab.X - 0.5f) * 1.12f), 0.12f, 0.97f);
        var chroma = MathF.Sqrt((lab.Y * lab.Y) + (lab.Z * lab.Z));
        var stronger = chroma < 1e-4f ? 0 : Math.Min(0.2f, (chroma * 1.3f) + 0.01f) / chroma;

        // Cream for white and a warm near-black.
        return Palettes.ToSrgb(new(lightness, (lab.Y * stronger) + 0.002f, (lab.Z * stronger) + 0.012f));
    }
}
