namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Finds the pixels whose centres a closed polygon goes around, by scan lines with winding numbers (the nonzero rule of SVG and
/// PostScript): loops that cross themselves are filled throughout.
/// </summary>
public static class PolygonFill
{
    /// <summary>Adds the polygon's pixels to a mask; what lies outside the mask's area is passed over.</summary>
    /// <param name="mask">Receives the pixels.</param>
    /// <param name="corners">The corners in pixels; the centre of pixel (0, 0) is at (0.5, 0.5). Fewer than three add nothing.</param>
    public static void AddTo(PixelMask mask, IReadOnlyList<(double X, double Y)> corners)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(corners);
        if (corners.Count < 3) return;
        var crossings = new List<(double X, int Turn)>();
        for (var y = 0; y < mask.Height; y++)
        {
            var line = y + 0.5;
            crossings.Clear();
            for (var i = 0; i < corners.Count; i++)
            {
                var (start, end) = (corners[i], corners[(i + 1) % corners.Count]);
                if (start.Y <= line == end.Y <= line) continue;
                crossings.Add((start.X + ((line - start.Y) / (end.Y - start.Y) * (end.X - start.X)), start.Y <= line ? 1 : -1));
            }

            crossings.Sort((a, b) => a.X.CompareTo(b.X));
            var winding = 0;
            for (var k = 0; k + 1 < crossings.Count; k++)
            {
                winding += crossings[k].Turn;
                if (winding == 0) continue;
                int from = FirstCenter(crossings[k].X, mask.Width), to = FirstCenter(crossings[k + 1].X, mask.Width);
                if (to > from) mask.Data.AsSpan((y * mask.Width) + from, to - from).Fill(true);
            }
        }
    }

    private static int FirstCenter(double x, int width) => (int)Math.Clamp(Math.Ceiling(x - 0.5), 0, width);
}
