namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Foreground colours for a matte by blur fusion (Forte, "Approximate Fast Foreground Colour Estimation", ICIP 2021):
/// alpha-weighted blurs spread the sure foreground's and background's colours over the edge, and a correction along
/// the compositing equation keeps the detail. Run with a wide and then a narrow window.
/// </summary>
public sealed class ForegroundColors
{
    private ForegroundColors(ColorPlanes foreground, ColorPlanes background) =>
        (Foreground, Background) = (foreground, background);

    /// <summary>The blurred foreground at every pixel.</summary>
    public ColorPlanes Foreground { get; }

    /// <summary>The blurred background at every pixel.</summary>
    public ColorPlanes Background { get; }

    /// <summary>Estimates the smooth foreground and background around every pixel.</summary>
    /// <param name="image">The photograph, 0–1.</param>
    /// <param name="alpha">Its matte, 0–1.</param>
    /// <param name="wide">Radius of the first pass, in pixels.</param>
    /// <param name="narrow">Radius of the second pass.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ForegroundColors Estimate(
        ColorPlanes image, Plane alpha, int wide, int narrow, CancellationToken cancellationToken = default)
    {
        var first = Pass(image, image, alpha, wide, cancellationToken);
        var sharp = Refine(image, first.Foreground, first.Background, alpha);
        return Pass(sharp, first.Background, alpha, narrow, cancellationToken);
    }

    /// <summary>
    /// The foreground colour of one channel of one pixel: the smooth estimate corrected by what the compositing
    /// equation leaves over.
    /// </summary>
    public static float Resolve(float observed, float foreground, float background, float alpha) =>
        Math.Clamp(foreground + (alpha * (observed - (alpha * foreground) - ((1 - alpha) * background))), 0f, 1f);

    private static ForegroundColors Pass(
        ColorPlanes foreground, ColorPlanes background, Plane alpha, int radius, CancellationToken cancellationToken)
    {
        var inside = BoxFilter.Mean(alpha, radius, cancellationToken);
        return new(
            new(Spread(foreground.C0, false), Spread(foreground.C1, false), Spread(foreground.C2, false)),
            new(Spread(background.C0, true), Spread(background.C1, true), Spread(background.C2, true)));

        Plane Spread(Plane plane, bool outside)
        {
            var weighted = new Plane(plane.Width, plane.Height);
            for (var i = 0; i < weighted.Data.Length; i++)
                weighted.Data[i] = plane.Data[i] * (outside ? 1 - alpha.Data[i] : alpha.Data[i]);
            var blurred = BoxFilter.Mean(weighted, radius, cancellationToken);
            for (var i = 0; i < weighted.Data.Length; i++)
            {
                var weight = outside ? 1 - inside.Data[i] : inside.Data[i];
                blurred.Data[i] = weight > 1e-4f ? Math.Clamp(blurred.Data[i] / weight, 0f, 1f) : plane.Data[i];
            }

            return blurred;
        }
    }

    private static ColorPlanes Refine(ColorPlanes image, ColorPlanes foreground, ColorPlanes background, Plane alpha)
    {
        return new(
            Channel(image.C0, foreground.C0, background.C0),
            Channel(image.C1, foreground.C1, background.C1),
            Channel(image.C2, foreground.C2, background.C2));

        Plane Channel(Plane observed, Plane front, Plane back)
        {
            var result = new Plane(observed.Width, observed.Height);
            for (var i = 0; i < result.Data.Length; i++)
                result.Data[i] = Resolve(observed.Data[i], front.Data[i], back.Data[i], alpha.Data[i]);
            return result;
        }
    }
}
