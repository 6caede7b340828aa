using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Adjust;

/// <summary>Unsharp masking of the luma: the three colours move together, so that edges get no coloured rims.</summary>
internal static class Sharpening
{
    private const float Sigma = 1;
    private const float Strongest = 1.5f;

    /// <summary>The picture with stronger fine detail; alpha and size stay.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="strength">0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Apply(Picture picture, float strength, CancellationToken cancellationToken)
    {
        var luma = Luma(picture);
        var blurred = Blurred(picture, luma, cancellationToken);
        var result = new Picture(picture.Width, picture.Height, picture.Format, [.. picture.Samples]);
        int channels = picture.Channels, colors = picture.HasAlpha ? channels - 1 : channels;
        RowBands.Run(
            picture.Height,
            (first, end) =>
            {
                for (int i = first * picture.Width, at = i * channels; i < end * picture.Width; i++, at += channels)
                {
                    var detail = Strongest * strength * (luma.Data[i] - blurred.Data[i]);
                    for (var c = at; c < at + colors; c++)
                        result.Samples[c] = (byte)(Math.Clamp(picture.Samples[c] + detail, 0, 255) + 0.5f);
                }
            },
            cancellationToken);
        return result;
    }

    /// <summary>Brightness by the weights of ITU-R BT.601, 0–255.</summary>
    private static Plane Luma(Picture picture)
    {
        var gray = picture.As(PixelFormat.Gray);
        return new Plane(picture.Width, picture.Height, Array.ConvertAll(gray.Samples, level => (float)level));
    }

    /// <summary>The luma blurred; with alpha, transparent pixels do not count.</summary>
    private static Plane Blurred(Picture picture, Plane luma, CancellationToken cancellationToken)
    {
        if (!picture.HasAlpha) return GaussianFilter.Blur(luma, Sigma, cancellationToken);

        Plane weight = new(luma.Width, luma.Height), weighted = new(luma.Width, luma.Height);
        for (var i = 0; i < weight.Data.Length; i++)
        {
            weight.Data[i] = picture.Samples[(i * picture.Channels) + picture.Channels - 1] / 255f;
            weighted.Data[i] = weight.Data[i] * luma.Data[i];
        }

        weight = GaussianFilter.Blur(weight, Sigma, cancellationToken);
        weighted = GaussianFilter.Blur(weighted, Sigma, cancellationToken);
        for (var i = 0; i < weight.Data.Length; i++)
            weighted.Data[i] = weight.Data[i] < 1e-3f ? luma.Data[i] : weighted.Data[i] / weight.Data[i];
        return weighted;
    }
}
