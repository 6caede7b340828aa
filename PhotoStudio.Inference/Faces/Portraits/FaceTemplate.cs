using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using Plane = PhotoStudio.Inference.Algorithms.Plane;

namespace PhotoStudio.Inference.Faces.Portraits;

/// <summary>
/// The light and dark of a face from the front, drawn from its proportions: eyes, brows, nostrils and mouth are dark, forehead, cheeks
/// and the ridge of the nose are light. It is compared by normalised correlation, free of brightness, contrast and light from one side.
/// </summary>
internal sealed class FaceTemplate
{
    private const float Left = -0.95f, Top = -0.42f, Bottom = 1.50f;

    // Position, half-widths and lightness of the features, in units of the distance between the eyes; mirrored where x is not 0.
    private static readonly (float X, float Y, float Wide, float High, float Light)[] Features =
    [
        (0.50f, 0.02f, 0.19f, 0.10f, -1.00f),
        (0.52f, -0.30f, 0.25f, 0.08f, -0.50f),
        (0.22f, 0.05f, 0.08f, 0.16f, -0.25f),
        (0.00f, 0.35f, 0.13f, 0.32f, 0.40f),
        (0.15f, 0.68f, 0.10f, 0.07f, -0.45f),
        (0.55f, 0.48f, 0.26f, 0.20f, 0.40f),
        (0.00f, 1.06f, 0.32f, 0.09f, -0.55f),
        (0.34f, 1.04f, 0.10f, 0.08f, -0.25f),
    ];

    private readonly float[][] _rows;

    /// <summary>Draws the template.</summary>
    /// <param name="unit">The distance between the eyes, in pixels.</param>
    /// <param name="angle">How far the face is turned clockwise in the picture, in radians.</param>
    public FaceTemplate(float unit, float angle)
    {
        Unit = unit;
        var (sin, cos) = MathF.SinCos(angle);
        var across = new Vector2(cos, sin);
        var frame = new FaceFrame(Vector2.Zero, unit * across);
        var reach = (int)MathF.Ceiling(1.7f * unit);
        List<(int X, int Y, Vector2 At)> inside = [];
        for (var y = -reach; y <= reach; y++)
        {
            for (var x = -reach; x <= reach; x++)
            {
                var at = frame.ToFace(new(x, y));
                if (Covers(at)) inside.Add((x, y, at));
            }
        }

        Across = across;
        (FirstX, FirstY) = (inside.Min(pixel => pixel.X), inside.Min(pixel => pixel.Y));
        Width = inside.Max(pixel => pixel.X) - FirstX + 1;
        Height = inside.Max(pixel => pixel.Y) - FirstY + 1;
        Count = inside.Count;
        var even = Even(frame, reach);
        var values = Normalized([.. inside.Select(pixel => even[pixel.X + reach, pixel.Y + reach])], [.. inside.Select(pixel => pixel.At)]);
        _rows = [.. Enumerable.Range(0, Height).Select(_ => new float[Width])];
        for (var i = 0; i < inside.Count; i++) _rows[inside[i].Y - FirstY][inside[i].X - FirstX] = values[i];
    }

    /// <summary>The distance between the eyes, in pixels.</summary>
    public float Unit { get; }

    /// <summary>The direction from the left eye to the right eye.</summary>
    public Vector2 Across { get; }

    /// <summary>How many pixels count.</summary>
    public int Count { get; }

    private int FirstX { get; }

    private int FirstY { get; }

    private int Width { get; }

    private int Height { get; }

    /// <summary>The template less its local mean, as <see cref="LocalContrast"/> makes of pictures; the origin lies in the middle.</summary>
    public static Plane Even(FaceFrame frame, int reach)
    {
        var drawn = new Plane((2 * reach) + 1, (2 * reach) + 1);
        for (var y = -reach; y <= reach; y++)
            for (var x = -reach; x <= reach; x++) drawn[x + reach, y + reach] = Lightness(frame.ToFace(new(x, y)));
        return LocalContrast.LessMean(drawn, frame.Unit);
    }

    /// <summary>Whether a point of a face is one that the template compares.</summary>
    public static bool Covers(Vector2 at)
    {
        float x = at.X / 0.95f, y = (at.Y - 0.42f) / 1.15f;
        return at.Y is > Top and < Bottom && at.X is > Left and < -Left && (x * x) + (y * y) < 1;
    }

    /// <summary>The expected lightness of a point of a face.</summary>
    public static float Lightness(Vector2 at)
    {
        float sum = 0;
        foreach (var (x, y, wide, high, light) in Features)
        {
            float across = (Math.Abs(at.X) - x) / wide, down = (at.Y - y) / high;
            sum += light * MathF.Exp(-0.5f * ((across * across) + (down * down)));
        }

        return sum;
    }

    /// <summary>
    /// Values less the plane that fits them best, with a sum of squares of 1: what is left of a face when brightness, contrast and light
    /// from one side are taken away.
    /// </summary>
    public static float[] Normalized(float[] values, Vector2[] at)
    {
        double n = values.Length, x = 0, y = 0, v = 0;
        for (var i = 0; i < values.Length; i++) (x, y, v) = (x + at[i].X, y + at[i].Y, v + values[i]);
        (x, y, v) = (x / n, y / n, v / n);
        double xx = 1e-9, xy = 0, yy = 1e-9, xv = 0, yv = 0;
        for (var i = 0; i < values.Length; i++)
        {
            double dx = at[i].X - x, dy = at[i].Y - y, dv = values[i] - v;
            (xx, xy, yy, xv, yv) = (xx + (dx * dx), xy + (dx * dy), yy + (dy * dy), xv + (dx * dv), yv + (dy * dv));
        }

        var determinant = (xx * yy) - (xy * xy);
        double slopeX = ((xv * yy) - (yv * xy)) / determinant, slopeY = ((yv * xx) - (xv * xy)) / determinant;
        var result = new float[values.Length];
        double energy = 1e-12;
        for (var i = 0; i < values.Length; i++)
        {
            result[i] = (float)(values[i] - v - (slopeX * (at[i].X - x)) - (slopeY * (at[i].Y - y)));
            energy += result[i] * result[i];
        }

        var scale = (float)(1 / Math.Sqrt(energy));
        for (var i = 0; i < result.Length; i++) result[i] *= scale;
        return result;
    }

    /// <summary>
    /// How well a face with the point between its eyes at each pixel would fit, −1 to 1; −1 where it would not lie inside the plane.
    /// </summary>
    /// <param name="lightness">The picture, scaled to the template's unit and evened by <see cref="LocalContrast"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Plane Correlate(Plane lightness, CancellationToken cancellationToken)
    {
        int width = lightness.Width, height = lightness.Height;
        var result = new Plane(width, height);
        Array.Fill(result.Data, -1);
        int firstX = -FirstX, endX = width - Width - FirstX + 1;
        int firstY = -FirstY, endY = height - Height - FirstY + 1;
        if (endX <= firstX || endY <= firstY) return result;

        // The spread over a box about as large as the template stands for the spread over the template itself.
        var radius = (int)MathF.Round(Unit);
        var mean = BoxFilter.Mean(lightness, radius, cancellationToken);
        var square = BoxFilter.Mean(lightness.Map(value => value * value), radius, cancellationToken);
        var middle = (int)MathF.Round(0.4f * Unit);
        RowBands.Run(endY - firstY, (first, end) =>
        {
            var sums = new float[endX - firstX];
            for (var y = first + firstY; y < end + firstY; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Array.Clear(sums);
                for (var row = 0; row < Height; row++)
                {
                    var source = lightness.Row(y + FirstY + row);
                    for (var column = 0; column < Width; column++)
                        if (_rows[row][column] != 0) MultiplyAdd(source.Slice(firstX + FirstX + column, sums.Length), _rows[row][column], sums);
                }

                for (var x = firstX; x < endX; x++)
                {
                    int centerX = Math.Clamp(x - (int)(middle * Across.Y), 0, width - 1), centerY = Math.Min(height - 1, y + (int)(middle * Across.X));
                    var variance = square[centerX, centerY] - (mean[centerX, centerY] * mean[centerX, centerY]);
                    result[x, y] = sums[x - firstX] / MathF.Sqrt(Count * Math.Max(variance, 0.1f));
                }
            }
        }, cancellationToken);
        return result;
    }

    private static void MultiplyAdd(ReadOnlySpan<float> source, float factor, Span<float> target)
    {
        var x = 0;
        for (; x <= target.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(target[x..]) + (new Vector<float>(source[x..]) * factor)).CopyTo(target[x..]);
        for (; x < target.Length; x++) target[x] += source[x] * factor;
    }
}
