using System.Numerics;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Engines.Generate.Finish;

/// <summary>A developed picture that styles work on: sRGB values 0–1.</summary>
internal sealed class PaintedSheet
{
    public PaintedSheet(int width, int height) => (Width, Height, Color) = (width, height, new Vector3[width * height]);

    public PaintedSheet(Picture picture)
        : this(picture.Width, picture.Height)
    {
        for (var i = 0; i < Color.Length; i++)
            Color[i] = new Vector3(picture.Samples[i * 3], picture.Samples[(i * 3) + 1], picture.Samples[(i * 3) + 2]) / 255;
    }

    public int Width { get; }

    public int Height { get; }

    public Vector3[] Color { get; }

    /// <summary>The colour at a place, which may lie outside.</summary>
    public Vector3 At(float x, float y) => Color[(Math.Clamp((int)y, 0, Height - 1) * Width) + Math.Clamp((int)x, 0, Width - 1)];

    /// <summary>Lightness as the eye sees it, roughly: the sRGB value of the luma.</summary>
    public static float Luma(Vector3 color) => (0.299f * color.X) + (0.587f * color.Y) + (0.114f * color.Z);

    /// <summary>The lightness of every pixel, blurred.</summary>
    public Plane Lightness(float blur, CancellationToken cancellationToken)
    {
        var plane = new Plane(Width, Height);
        for (var i = 0; i < Color.Length; i++) plane.Data[i] = Luma(Color[i]);
        return GaussianFilter.Blur(plane, blur, cancellationToken);
    }

    /// <summary>The sheet with small things gone and large edges kept: averages over flat neighbourhoods (Kuwahara, 1976), again and again.</summary>
    public PaintedSheet Flattened(int radius, CancellationToken cancellationToken)
    {
        // Sums over the four quarters around a pixel by summed-area tables.
        int stride = Width + 1;
        var sums = new Vector4[stride * (Height + 1)];
        var squares = new float[stride * (Height + 1)];
        for (var y = 0; y < Height; y++)
        {
            var row = Vector4.Zero;
            var square = 0f;
            for (var x = 0; x < Width; x++)
            {
                var color = Color[(y * Width) + x];
                var luma = Luma(color) - 0.5f;
                row += new Vector4(color, luma);
                square += luma * luma;
                sums[((y + 1) * stride) + x + 1] = sums[(y * stride) + x + 1] + row;
                squares[((y + 1) * stride) + x + 1] = squares[(y * stride) + x + 1] + square;
            }
        }

        var result = new PaintedSheet(Width, Height);
        RowBands.Run(
            Height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    for (var x = 0; x < Width; x++)
                    {
                        var total = Vector3.Zero;
                        var weights = 0f;
                        for (var quarter = 0; quarter < 4; quarter++)
                        {
                            int left = Math.Max(0, quarter % 2 == 0 ? x - radius : x), right = Math.Min(Width, (quarter % 2 == 0 ? x : x + radius) + 1);
                            int top = Math.Max(0, quarter < 2 ? y - radius : y), bottom = Math.Min(Height, (quarter < 2 ? y : y + radius) + 1);
                            float count = (right - left) * (bottom - top);
                            var sum = (sums[(bottom * stride) + right] - sums[(top * stride) + right] - sums[(bottom * stride) + left] + sums[(top * stride) + left]) / count;
                            var square = (squares[(bottom * stride) + right] - squares[(top * stride) + right] - squares[(bottom * stride) + left] + squares[(top * stride) + left]) / count;
                            var weight = 1 / (0.0002f + Math.Max(0, square - (sum.W * sum.W)));
                            weight *= weight;
                            total += new Vector3(sum.X, sum.Y, sum.Z) * weight;
                            weights += weight;
                        }

                        result.Color[(y * Width) + x] = total / weights;
                    }
                }
            },
            cancellationToken);
        return result;
    }

    /// <summary>Every pixel by a map of its place and colour.</summary>
    public PaintedSheet Map(Func<int, int, Vector3, Vector3> map, CancellationToken cancellationToken)
    {
        var result = new PaintedSheet(Width, Height);
        RowBands.Run(
            Height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    for (var x = 0; x < Width; x++) result.Color[(y * Width) + x] = map(x, y, Color[(y * Width) + x]);
                }
            },
            cancellationToken);
        return result;
    }

    /// <summary>Dark outlines: how much a pixel lies on the dark side of an edge, 0–1 (Winnemöller, extended difference of Gaussians, 2012).</summary>
    public Plane Outlines(float width, float sharpness, CancellationToken cancellationToken)
    {
        Plane fine = Lightness(width, cancellationToken), coarse = Lightness(width * 1.6f, cancellationToken);
        for (var i = 0; i < fine.Data.Length; i++)
        {
            var difference = coarse.Data[i] - fine.Data[i];
            fine.Data[i] = Math.Clamp((difference - 0.008f) * sharpness, 0, 1);
        }

        return fine;
    }

    /// <summary>The sheet as a picture.</summary>
    public Picture ToPicture()
    {
        var picture = new Picture(Width, Height, PixelFormat.Rgb);
        for (var i = 0; i < Color.Length; i++)
        {
            var color = Vector3.Clamp(Color[i], Vector3.Zero, Vector3.One) * 255;
            picture.Samples[i * 3] = (byte)(color.X + 0.5f);
            picture.Samples[(i * 3) + 1] = (byte)(color.Y + 0.5f);
            picture.Samples[(i * 3) + 2] = (byte)(color.Z + 0.5f);
        }

        return picture;
    }
}
