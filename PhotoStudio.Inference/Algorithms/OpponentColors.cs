using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// An orthonormal change of axes from red, green and blue to luma, red–blue and green–magenta: colours of photographs are hardly
/// correlated along these, and white noise stays white with the same standard deviation.
/// </summary>
public static class OpponentColors
{
    private const float Third = 0.57735027f, Half = 0.70710678f, Sixth = 0.40824829f;

    /// <summary>
    /// Part of a picture as planes in levels of 8 bits: luma 0–441, the colours ±181 and ±209; one plane of 0–255 for a gray picture.
    /// Outside the picture its rows and columns are repeated backwards. Alpha is left out.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="left">First column; may be outside.</param>
    /// <param name="top">First row; may be outside.</param>
    /// <param name="width">Width of the planes.</param>
    /// <param name="height">Height of the planes.</param>
    public static Plane[] From(Picture picture, int left, int top, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var gray = picture.Channels <= 2;
        Plane[] planes = [.. Enumerable.Range(0, gray ? 1 : 3).Select(_ => new Plane(width, height))];
        int[] columns = [.. Enumerable.Range(left, width).Select(x => Mirror(x, picture.Width) * picture.Channels)];
        RowBands.Run(height, (first, end) =>
        {
            for (var y = first; y < end; y++)
            {
                ReadOnlySpan<byte> row = picture.Row(Mirror(top + y, picture.Height));
                var luma = planes[0].Row(y);
                if (gray)
                {
                    for (var x = 0; x < width; x++) luma[x] = row[columns[x]];
                    continue;
                }

                Span<float> redBlue = planes[1].Row(y), greenMagenta = planes[2].Row(y);
                for (var x = 0; x < width; x++)
                {
                    float r = row[columns[x]], g = row[columns[x] + 1], b = row[columns[x] + 2];
                    luma[x] = (r + g + b) * Third;
                    redBlue[x] = (r - b) * Half;
                    greenMagenta[x] = (r - g - g + b) * Sixth;
                }
            }
        });
        return planes;
    }

    /// <summary>Red, green and blue of a colour.</summary>
    public static (float Red, float Green, float Blue) ToRgb(float luma, float redBlue, float greenMagenta)
    {
        float gray = luma * Third, first = redBlue * Half, second = greenMagenta * Sixth;
        return (gray + first + second, gray - second - second, gray - first + second);
    }

    /// <summary>The position inside 0 to <paramref name="length"/> − 1 that a position outside repeats, mirrored at the borders.</summary>
    private static int Mirror(int position, int length)
    {
        if (length == 1) return 0;
        var period = 2 * (length - 1);
        position = Math.Abs(position) % period;
        return position < length ? position : period - position;
    }
}
