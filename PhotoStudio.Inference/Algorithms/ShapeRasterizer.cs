using System.Numerics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// How much of each pixel a shape covers, exactly: every edge adds its signed area to the pixels it crosses, and a running sum along the
/// row fills the inside (the method of Levien's font rasteriser, 2016). Overlapping outlines unite.
/// </summary>
public static class ShapeRasterizer
{
    /// <summary>The coverage of a shape in pixel coordinates, within a picture of the given size; null when nothing of it is inside.</summary>
    public static Coverage? Cover(ShapePath path, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(path);
        Vector2 low = new(float.MaxValue), high = new(float.MinValue);
        foreach (var outline in path.Outlines)
        {
            foreach (var point in outline) (low, high) = (Vector2.Min(low, point), Vector2.Max(high, point));
        }

        if (!(high.X > low.X) || high.X <= 0 || high.Y <= 0 || low.X >= width || low.Y >= height) return null;
        int left = (int)Math.Max(0, MathF.Floor(low.X)), top = (int)Math.Max(0, MathF.Floor(low.Y));
        int right = (int)Math.Min(width, MathF.Ceiling(high.X)), bottom = (int)Math.Min(height, MathF.Ceiling(high.Y));
        if (right <= left || bottom <= top) return null;

        int columns = right - left, rows = bottom - top, stride = columns + 2;
        var areas = new float[stride * rows];
        var cover = new float[columns * rows];
        var origin = new Vector2(left, top);
        foreach (var outline in path.Outlines)
        {
            for (var i = 0; i < outline.Length; i++)
                AddEdge(areas, stride, columns, rows, outline[i] - origin, outline[(i + 1) % outline.Length] - origin);
        }

        for (var y = 0; y < rows; y++)
        {
            var sum = 0f;
            for (var x = 0; x < columns; x++)
            {
                sum += areas[(y * stride) + x];
                cover[(y * columns) + x] = Math.Min(1, Math.Abs(sum));
            }
        }

        return new(left, top, columns, rows, cover);
    }

    private static void AddEdge(float[] areas, int stride, int columns, int rows, Vector2 from, Vector2 to)
    {
        if (from.Y == to.Y) return;
        var direction = from.Y < to.Y ? 1f : -1f;
        var (start, end) = from.Y < to.Y ? (from, to) : (to, from);
        if (end.Y <= 0 || start.Y >= rows) return;
        var slope = (end.X - start.X) / (end.Y - start.Y);
        var x = start.X;
        if (start.Y < 0) x -= start.Y * slope;
        var last = Math.Min(rows, (int)MathF.Ceiling(end.Y));
        for (var y = Math.Max(0, (int)start.Y); y < last; y++)
        {
            var part = Math.Min(y + 1, end.Y) - Math.Max(y, start.Y);
            var next = x + (slope * part);
            AddSpan(areas.AsSpan(y * stride, stride), Math.Clamp(x, 0, columns), Math.Clamp(next, 0, columns), part * direction);
            x = next;
        }
    }

    // The area right of a line that goes from one column to another within one row, by how it is shared among the pixels.
    private static void AddSpan(Span<float> row, float from, float to, float area)
    {
        var (low, high) = from < to ? (from, to) : (to, from);
        var first = (int)low;
        var past = (int)MathF.Ceiling(high);
        if (past <= first + 1)
        {
            var middle = ((low + high) / 2) - first;
            row[first] += area - (area * middle);
            row[first + 1] += area * middle;
            return;
        }

        var scale = 1 / (high - low);
        var fraction = low - first;
        var start = scale * (1 - fraction) * (1 - fraction) / 2;
        var tail = high - past + 1;
        var end = scale * tail * tail / 2;
        row[first] += area * start;
        if (past == first + 2)
        {
            row[first + 1] += area * (1 - start - end);
        }
        else
        {
            var second = scale * (1.5f - fraction);
            row[first + 1] += area * (second - start);
            for (var x = first + 2; x < past - 1; x++) row[x] += area * scale;
            row[past - 1] += area * (1 - (second + ((past - first - 3) * scale)) - end);
        }

        row[past] += area * end;
    }
}

/// <summary>How much of each pixel of a window a shape covers.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Values">0–1, row by row.</param>
public sealed record Coverage(int Left, int Top, int Width, int Height, float[] Values);
