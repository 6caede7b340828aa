using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.StyleTransfer;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.Reimagine;

/// <summary>Treats the background and leaves the subject as it is.</summary>
internal static class Backdrops
{
    /// <summary>The colours with the recipe's background.</summary>
    public static ColorPlanes Apply(StyleCanvas canvas, Recipe recipe, Plane subject)
    {
        if (recipe.Backdrop == Backdrop.Kept) return canvas.Colors;
        var behind = Behind(canvas, recipe, subject);
        return canvas.Paint((_, _, i) =>
            Vector3.Lerp(canvas.Colors.At(i), behind.At(i), (1 - Math.Clamp(subject.Data[i], 0, 1)) * Math.Min(1, 0.4f + recipe.Amount)));
    }

    private static ColorPlanes Behind(StyleCanvas canvas, Recipe recipe, Plane subject) => recipe.Backdrop switch
    {
        Backdrop.Blurred => Spread(canvas, subject, 13),
        Backdrop.Studio => Studio(canvas, recipe, subject),
        Backdrop.Spotlight => Spotlight(canvas, subject),
        Backdrop.Painted => StyleCatalog.Get(PictureStyle.Impressionist).Paint(canvas),
        Backdrop.Duotone => canvas.Paint((_, _, i) =>
            Vector3.Lerp(recipe.Mood.Shadow, recipe.Mood.Highlight, Tints.Smooth(0.05f, 0.95f, canvas.Luma.Data[i]))),
        _ => throw new ArgumentOutOfRangeException(nameof(recipe), recipe.Backdrop, "No such backdrop."),
    };

    // Blurred colours of the background alone: nothing of the subject runs into it. Lights count more, as through a wide lens.
    private static ColorPlanes Spread(StyleCanvas canvas, Plane subject, float sigma)
    {
        var weight = canvas.Map((_, _, i) => (1 - Math.Clamp(subject.Data[i], 0, 1)) * (0.35f + (3 * MathF.Pow(canvas.Luma.Data[i], 4))) + 1e-4f);
        var weighted = canvas.Blurred(canvas.Paint((_, _, i) => canvas.Colors.At(i) * weight.Data[i]), sigma);
        var total = canvas.Blurred(weight, sigma);
        return canvas.Paint((_, _, i) => weighted.At(i) / Math.Max(total.Data[i], 1e-5f));
    }

    private static ColorPlanes Studio(StyleCanvas canvas, Recipe recipe, Plane subject)
    {
        var glow = canvas.Blurred(subject, 110);
        var noise = canvas.Noise("wall");
        var size = 1 / canvas.Units(240);
        return canvas.Paint((x, y, i) =>
        {
            var cloth = 0.06f * noise.Fractal(x * size, y * size, 4);
            return Vector3.Lerp(recipe.Mood.SkyTop * 0.55f, recipe.Mood.SkyFoot * 0.92f, Math.Clamp((glow.Data[i] * 1.3f) + 0.1f, 0, 1)) * (1 + cloth);
        });
    }

    private static ColorPlanes Spotlight(StyleCanvas canvas, Plane subject)
    {
        var pool = canvas.Blurred(subject, 70);
        return canvas.Paint((_, _, i) => canvas.Colors.At(i) * (0.1f + (0.5f * pool.Data[i])));
    }
}
