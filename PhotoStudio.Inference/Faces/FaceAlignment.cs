using System.Numerics;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Faces;

/// <summary>
/// Brings a face to where a network expects it: the rotation, scale and shift that take its five landmarks nearest to a template (least
/// squares; Umeyama, "Least-Squares Estimation of Transformation Parameters Between Two Point Patterns", PAMI 1991), and the way back.
/// </summary>
/// <param name="Side">Width and height of the crop, in pixels.</param>
/// <param name="ToCrop">From pixels of the picture to pixels of the crop; the middle of the first pixel is (0.5, 0.5) in both.</param>
/// <param name="ToPicture">The way back.</param>
public sealed record FaceAlignment(int Side, Matrix3x2 ToCrop, Matrix3x2 ToPicture)
{
    /// <summary>The alignment of a face.</summary>
    /// <param name="face">The face's landmarks.</param>
    /// <param name="template">Where they should be, as parts of the crop's side.</param>
    /// <param name="side">Width and height of the crop.</param>
    /// <exception cref="ArgumentException">All landmarks are at one point.</exception>
    public static FaceAlignment Of(FaceLandmarks face, FaceLandmarks template, int side)
    {
        ArgumentNullException.ThrowIfNull(face);
        ArgumentNullException.ThrowIfNull(template);
        Vector2[] from = Points(face), to = [.. Points(template).Select(point => point * side)];
        Vector2 fromMean = Mean(from), toMean = Mean(to);

        // As complex numbers: to = a · from + b with the a that leaves the least.
        float real = 0, imaginary = 0, spread = 0;
        for (var i = 0; i < from.Length; i++)
        {
            Vector2 p = from[i] - fromMean, q = to[i] - toMean;
            real += (p.X * q.X) + (p.Y * q.Y);
            imaginary += (p.X * q.Y) - (p.Y * q.X);
            spread += p.LengthSquared();
        }

        if (spread == 0) throw new ArgumentException("The landmarks are all at one point.", nameof(face));
        float a = real / spread, b = imaginary / spread;
        var toCrop = new Matrix3x2(a, b, -b, a, toMean.X - ((a * fromMean.X) - (b * fromMean.Y)), toMean.Y - ((b * fromMean.X) + (a * fromMean.Y)));
        return Matrix3x2.Invert(toCrop, out var toPicture)
            ? new(side, toCrop, toPicture)
            : throw new ArgumentException("The landmarks do not tell how the face lies.", nameof(face));
    }

    /// <summary>Pixels of the picture a pixel of the crop.</summary>
    public float Scale => MathF.Sqrt(Math.Abs(ToPicture.GetDeterminant()));

    /// <summary>
    /// The aligned face as RGB: bilinear, the border repeated. Where the face is larger than the crop, each pixel is the mean of several
    /// places, so that nothing aliases.
    /// </summary>
    public Picture Crop(Picture picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var rgb = picture.As(PixelFormat.Rgb);
        var result = new Picture(Side, Side, PixelFormat.Rgb);
        var parts = Math.Clamp((int)MathF.Ceiling(Scale), 1, 8);
        RowBands.Run(Side, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = result.Row(y);
                for (var x = 0; x < Side; x++)
                {
                    var sum = Vector3.Zero;
                    for (var part = 0; part < parts * parts; part++)
                    {
                        Vector2 at = new(x + (((part % parts) + 0.5f) / parts), y + (((part / parts) + 0.5f) / parts));
                        sum += Sample(rgb, Vector2.Transform(at, ToPicture));
                    }

                    sum = (sum / (parts * parts)) + new Vector3(0.5f);
                    (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = ((byte)sum.X, (byte)sum.Y, (byte)sum.Z);
                }
            }
        }, cancellationToken);
        return result;
    }

    /// <summary>Lays a crop over the picture it was taken from. Pixels that it does not cover, and alpha, stay as they are.</summary>
    /// <param name="picture">The picture; it is not changed.</param>
    /// <param name="crop">The crop, RGB, <see cref="Side"/> pixels a side.</param>
    /// <param name="weight">How much of the crop is taken at each of its pixels, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Picture Paste(Picture picture, Picture crop, Algorithms.Plane weight, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(crop);
        ArgumentNullException.ThrowIfNull(weight);
        var result = new Picture(picture.Width, picture.Height, picture.Format, [.. picture.Samples]);
        Vector2[] corners = [.. new Vector2[] { new(0, 0), new(Side, 0), new(0, Side), new(Side, Side) }.Select(corner => Vector2.Transform(corner, ToPicture))];
        int left = Math.Max(0, (int)corners.Min(corner => corner.X)), right = Math.Min(picture.Width, (int)corners.Max(corner => corner.X) + 1);
        int top = Math.Max(0, (int)corners.Min(corner => corner.Y)), bottom = Math.Min(picture.Height, (int)corners.Max(corner => corner.Y) + 1);
        int channels = picture.Channels, colors = picture.HasAlpha ? channels - 1 : channels;
        RowBands.Run(Math.Max(0, bottom - top), (first, end) =>
        {
            for (var y = top + first; y < top + end; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = result.Row(y);
                for (var x = left; x < right; x++)
                {
                    var at = Vector2.Transform(new Vector2(x + 0.5f, y + 0.5f), ToCrop);
                    if (at.X < 0 || at.Y < 0 || at.X >= Side || at.Y >= Side) continue;
                    var share = weight.At(at.X - 0.5f, at.Y - 0.5f);
                    if (share <= 0) continue;
                    Blend(row.Slice(x * channels, colors), Sample(crop, at), share);
                }
            }
        }, cancellationToken);
        return result;
    }

    /// <summary>
    /// How much of a crop is taken: all in the middle, less towards its sides, nothing at them, so that no edge shows.
    /// </summary>
    /// <param name="side">Width and height of the crop.</param>
    /// <param name="border">The part of the side over which it fades, above 0 to ½.</param>
    public static Algorithms.Plane Feather(int side, float border)
    {
        var weight = new Algorithms.Plane(side, side);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var away = Math.Min(Math.Min(x + 0.5f, side - x - 0.5f), Math.Min(y + 0.5f, side - y - 0.5f)) / (side * border);
                var share = Math.Clamp(away, 0, 1);
                weight[x, y] = share * share * (3 - (2 * share));
            }
        }

        return weight;
    }

    private static void Blend(Span<byte> pixel, Vector3 color, float share)
    {
        if (pixel.Length == 1)
        {
            pixel[0] = Level(pixel[0], (0.299f * color.X) + (0.587f * color.Y) + (0.114f * color.Z));
            return;
        }

        (pixel[0], pixel[1], pixel[2]) = (Level(pixel[0], color.X), Level(pixel[1], color.Y), Level(pixel[2], color.Z));

        byte Level(byte before, float after) => (byte)(before + (share * (after - before)) + 0.5f);
    }

    // Bilinear; positions are of pixels' corners.
    private static Vector3 Sample(Picture rgb, Vector2 at)
    {
        float x = Math.Clamp(at.X - 0.5f, 0, rgb.Width - 1), y = Math.Clamp(at.Y - 0.5f, 0, rgb.Height - 1);
        int left = (int)x, top = (int)y, right = Math.Min(left + 1, rgb.Width - 1), bottom = Math.Min(top + 1, rgb.Height - 1);
        ReadOnlySpan<byte> upper = rgb.Row(top), lower = rgb.Row(bottom);
        return Vector3.Lerp(
            Vector3.Lerp(Pixel(upper, left), Pixel(upper, right), x - left), Vector3.Lerp(Pixel(lower, left), Pixel(lower, right), x - left), y - top);

        static Vector3 Pixel(ReadOnlySpan<byte> row, int x) => new(row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]);
    }

    private static Vector2[] Points(FaceLandmarks face) => [face.LeftEye, face.RightEye, face.Nose, face.MouthLeft, face.MouthRight];

    private static Vector2 Mean(Vector2[] points) => points.Aggregate(Vector2.Zero, (sum, point) => sum + point) / points.Length;
}
