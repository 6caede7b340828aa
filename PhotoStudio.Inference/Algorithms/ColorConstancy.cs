namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Estimates of the colour of the light in a scene, as logarithms of linear red over green and blue over green; 0 for both is neutral.
/// </summary>
public static class ColorConstancy
{
    // Above this a channel of sRGB counts as cut off and tells nothing about the light.
    private const float Clipped = 0.985f;

    /// <summary>
    /// The mean colour of the brightest 1 % of pixels, cut-off ones left out (a robust form of the white patch of E. Land, J. McCann,
    /// "Lightness and Retinex Theory", 1971). Null when nothing is left to tell by.
    /// </summary>
    /// <param name="rgb">The picture, sRGB 0–1.</param>
    /// <param name="counts">Which pixels count; null for all.</param>
    public static LightColor? WhitePatch(ColorPlanes rgb, bool[]? counts = null)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        var usable = new List<(float Luma, int At)>(rgb.C0.Data.Length);
        for (var i = 0; i < rgb.C0.Data.Length; i++)
        {
            if (!Counts(rgb, counts, i)) continue;
            usable.Add(((0.2126f * rgb.C0.Data[i]) + (0.7152f * rgb.C1.Data[i]) + (0.0722f * rgb.C2.Data[i]), i));
        }

        if (usable.Count == 0) return null;
        usable.Sort();
        double red = 0, green = 0, blue = 0;
        foreach (var (_, at) in usable.Skip(usable.Count - Math.Max(1, usable.Count / 100)))
        {
            red += SrgbTables.ToLinear(rgb.C0.Data[at]);
            green += SrgbTables.ToLinear(rgb.C1.Data[at]);
            blue += SrgbTables.ToLinear(rgb.C2.Data[at]);
        }

        return LightColor.Of(red, green, blue);
    }

    /// <summary>
    /// The mean edge by the Minkowski norm of order 5: edges between surfaces are on average as neutral as the light (J. van de Weijer,
    /// T. Gevers, A. Gijsenij, "Edge-Based Color Constancy", 2007). Null when there are no edges.
    /// </summary>
    /// <param name="rgb">The picture, sRGB 0–1.</param>
    /// <param name="counts">Which pixels count; null for all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static LightColor? GrayEdge(ColorPlanes rgb, bool[]? counts = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        int width = rgb.Width, height = rgb.Height;
        Plane[] linear = [Smooth(rgb.C0), Smooth(rgb.C1), Smooth(rgb.C2)];
        var sums = new double[3];
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var i = (y * width) + x;
                if (!Counts(rgb, counts, i)) continue;
                for (var c = 0; c < 3; c++)
                {
                    var data = linear[c].Data;
                    float dx = data[i + 1] - data[i - 1], dy = data[i + width] - data[i - width], square = (dx * dx) + (dy * dy);
                    sums[c] += square * square * MathF.Sqrt(square);
                }
            }
        }

        return LightColor.Of(Math.Pow(sums[0], 0.2), Math.Pow(sums[1], 0.2), Math.Pow(sums[2], 0.2));

        Plane Smooth(Plane plane) => GaussianFilter.Blur(plane.Map(SrgbTables.ToLinear, cancellationToken), 1, cancellationToken);
    }

    private static bool Counts(ColorPlanes rgb, bool[]? counts, int at) =>
        counts?[at] != false && rgb.C0.Data[at] < Clipped && rgb.C1.Data[at] < Clipped && rgb.C2.Data[at] < Clipped;
}

/// <summary>A colour of light.</summary>
/// <param name="Red">Natural logarithm of linear red over green.</param>
/// <param name="Blue">Natural logarithm of linear blue over green.</param>
public readonly record struct LightColor(double Red, double Blue)
{
    /// <summary>How far from neutral.</summary>
    public double Strength => Math.Sqrt((Red * Red) + (Blue * Blue));

    /// <summary>The colour of linear red, green and blue; null when one of them is missing.</summary>
    public static LightColor? Of(double red, double green, double blue) =>
        red < 1e-9 || green < 1e-9 || blue < 1e-9 ? null : new(Math.Log(red / green), Math.Log(blue / green));

    /// <summary>Cosine of the angle between two colours' directions from neutral, −1 to 1; 0 when one is neutral.</summary>
    public double Agreement(LightColor other) =>
        ((Red * other.Red) + (Blue * other.Blue)) / Math.Max(Strength * other.Strength, 1e-6);
}
