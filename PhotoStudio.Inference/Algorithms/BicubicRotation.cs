using System.Numerics;
using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Turns a picture about its centre with cubic convolution (Keys, "Cubic Convolution Interpolation for Digital Image Processing",
/// IEEE ASSP 1981, a = −0.5). Colour is weighted by alpha. The picture's edge is antialiased by how much of a pixel it covers.
/// </summary>
public static class BicubicRotation
{
    /// <summary>The smallest size that holds a turned picture, in whole pixels.</summary>
    /// <param name="width">The picture's width.</param>
    /// <param name="height">The picture's height.</param>
    /// <param name="degrees">The angle.</param>
    public static (int Width, int Height) Bounds(int width, int height, double degrees)
    {
        var (sine, cosine) = Math.SinCos(double.DegreesToRadians(degrees));
        var (across, along) = (Math.Abs(sine), Math.Abs(cosine));
        return (Side((width * along) + (height * across)), Side((width * across) + (height * along)));

        // What is left of rounding errors must not add a row.
        static int Side(double length) => Math.Max(1, (int)Math.Ceiling(length - 1e-6));
    }

    /// <summary>Turns a picture clockwise onto a canvas with the same centre.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="degrees">The angle.</param>
    /// <param name="canvas">Its size is the result's; what the picture leaves free keeps its colour. It is painted on and returned.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Picture Onto(Picture picture, double degrees, Picture canvas, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(canvas);
        var (sine, cosine) = Math.SinCos(double.DegreesToRadians(degrees));
        RowBands.Run(
            canvas.Height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var row = canvas.Row(y);
                    var down = y + 0.5 - (canvas.Height / 2.0);
                    for (var x = 0; x < canvas.Width; x++)
                    {
                        var right = x + 0.5 - (canvas.Width / 2.0);
                        var u = (right * cosine) + (down * sine) + (picture.Width / 2.0);
                        var v = (down * cosine) - (right * sine) + (picture.Height / 2.0);
                        var cover = (float)(Cover(u, picture.Width) * Cover(v, picture.Height));
                        if (cover <= 0) continue;

                        var pixel = row.Slice(x * canvas.Channels, canvas.Channels);
                        var color = Sample(picture, u - 0.5, v - 0.5);
                        if (cover < 1) color = (color * cover) + (Load(pixel) * (1 - cover));
                        Store(color, pixel);
                    }
                }
            },
            cancellationToken);
        return canvas;
    }

    private static double Cover(double position, int length) => Math.Clamp(Math.Min(position, length - position) + 0.5, 0, 1);

    /// <summary>The premultiplied colour at a point, where pixel centres are whole numbers; beyond the edge its pixels go on.</summary>
    private static Vector4 Sample(Picture picture, double x, double y)
    {
        int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
        Vector4 across = Weights((float)(x - left)), along = Weights((float)(y - top));
        var inside = left >= 1 && left < picture.Width - 2;
        var sum = Vector4.Zero;
        for (var j = 0; j < 4; j++)
        {
            var row = picture.Row(Math.Clamp(top + j - 1, 0, picture.Height - 1));
            var line = Vector4.Zero;
            for (var i = 0; i < 4; i++)
            {
                var column = inside ? left + i - 1 : Math.Clamp(left + i - 1, 0, picture.Width - 1);
                line += Load(row.Slice(column * picture.Channels, picture.Channels)) * across[i];
            }

            sum += line * along[j];
        }

        // The kernel overshoots at edges; a colour is never stronger than its opacity.
        var alpha = Math.Clamp(sum.W, 0, 255);
        return Vector4.Clamp(sum, Vector4.Zero, new Vector4(alpha));
    }

    /// <summary>The kernel at the two neighbours on each side.</summary>
    private static Vector4 Weights(float t)
    {
        float square = t * t, cube = square * t;
        return new Vector4(
            (-0.5f * cube) + square - (0.5f * t),
            (1.5f * cube) - (2.5f * square) + 1,
            (-1.5f * cube) + (2 * square) + (0.5f * t),
            0.5f * (cube - square));
    }

    /// <summary>A pixel as red, green, blue times opacity, and opacity; 0–255.</summary>
    private static Vector4 Load(ReadOnlySpan<byte> pixel) => pixel.Length switch
    {
        1 => new Vector4(pixel[0], pixel[0], pixel[0], 255),
        2 => Premultiplied(new Vector3(pixel[0]), pixel[1]),
        3 => new Vector4(pixel[0], pixel[1], pixel[2], 255),
        _ => Premultiplied(new Vector3(pixel[0], pixel[1], pixel[2]), pixel[3]),
    };

    private static Vector4 Premultiplied(Vector3 color, byte alpha) => new(color * (alpha / 255f), alpha);

    private static void Store(Vector4 color, Span<byte> pixel)
    {
        var hasAlpha = pixel.Length is 2 or 4;
        if (hasAlpha)
        {
            var scale = color.W < 0.5f ? 0 : 255 / color.W;
            color = new Vector4(color.X * scale, color.Y * scale, color.Z * scale, color.W);
        }

        pixel[0] = Level(color.X);
        if (pixel.Length >= 3) (pixel[1], pixel[2]) = (Level(color.Y), Level(color.Z));
        if (hasAlpha) pixel[^1] = Level(color.W);
    }

    private static byte Level(float value) => (byte)(Math.Clamp(value, 0, 255) + 0.5f);
}
