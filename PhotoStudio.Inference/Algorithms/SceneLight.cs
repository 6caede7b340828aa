using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// The light of a scene: its colour by the Minkowski mean of order 6 (G. Finlayson, E. Trezzi, "Shades of Gray and Colour Constancy",
/// 2004) and how bright it is on the whole.
/// </summary>
/// <param name="Red">Linear red, as a share of the light's luminance.</param>
/// <param name="Green">Linear green, likewise.</param>
/// <param name="Blue">Linear blue, likewise.</param>
/// <param name="Brightness">The mean linear luminance of the scene, 0–1.</param>
public readonly record struct SceneLight(double Red, double Green, double Blue, double Brightness)
{
    private const double Order = 6;
    private const double Pixels = 40_000;
    private const double Darkest = 1e-4;

    /// <summary>Estimates the light.</summary>
    /// <param name="picture">The scene.</param>
    /// <param name="weight">How much each pixel counts, 0–1; null counts all the same. Of any size and the picture's proportions.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SceneLight Of(Picture picture, Plane? weight, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var (width, height) = AreaResize.FitPixels(picture.Width, picture.Height, Pixels);
        var rgb = ColorPlanes.From(picture, width, height, cancellationToken);
        var counts = weight is null ? null : AreaResize.Bilinear(weight, width, height, cancellationToken);
        double red = 0, green = 0, blue = 0, luminance = 0, total = 0;
        for (var i = 0; i < rgb.C0.Data.Length; i++)
        {
            double w = counts?.Data[i] ?? 1, r = SrgbTables.ToLinear(rgb.C0.Data[i]), g = SrgbTables.ToLinear(rgb.C1.Data[i]), b = SrgbTables.ToLinear(rgb.C2.Data[i]);
            (red, green, blue) = (red + (w * Math.Pow(r, Order)), green + (w * Math.Pow(g, Order)), blue + (w * Math.Pow(b, Order)));
            luminance += w * Luminance(r, g, b);
            total += w;
        }

        if (total <= 0) return new(1, 1, 1, 0.2);
        var (mr, mg, mb) = (Mean(red), Mean(green), Mean(blue));
        var own = Math.Max(Darkest, Luminance(mr, mg, mb));
        return new(mr / own, mg / own, mb / own, Math.Max(Darkest, luminance / total));

        double Mean(double sum) => Math.Max(Darkest, Math.Pow(sum / total, 1 / Order));
    }

    private static double Luminance(double red, double green, double blue) => (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);
}
