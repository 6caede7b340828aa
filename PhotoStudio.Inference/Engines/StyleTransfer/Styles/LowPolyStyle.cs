using System.Numerics;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Painterly;

namespace PhotoStudio.Inference.Engines.StyleTransfer.Styles;

/// <summary>
/// Low poly: flat triangles between points that stand close where the picture has edges (Delaunay triangulation), each with the mean
/// colour beneath it and a little light of its own.
/// </summary>
internal sealed class LowPolyStyle : IPictureStyle
{
    /// <inheritdoc/>
    public PictureStyle Style => PictureStyle.LowPoly;

    /// <inheritdoc/>
    public ColorPlanes Paint(StyleCanvas canvas)
    {
        var soft = canvas.Abstracted(4);
        var points = Points(canvas, soft);
        canvas.Report(0.5);
        var triangles = DelaunayTriangulation.Of(points, canvas.Token);
        canvas.Report(0.7);
        var result = new ColorPlanes(canvas.Width, canvas.Height);
        var random = canvas.Random("light");
        var lights = triangles.Select(_ => 1 + (0.035f * random.Normal())).ToArray();

        // Triangles share no pixel, so they can be filled in any order.
        RowBands.ForEach(
            triangles.Count,
            t => Fill(canvas, soft, result, points[triangles[t].A], points[triangles[t].B], points[triangles[t].C], lights[t]),
            canvas.Token);
        return result;
    }

    // Dense on edges, sparse on flats; the frame's points lie outside, so that the triangles cover every pixel.
    private static List<(float X, float Y)> Points(StyleCanvas canvas, ColorPlanes soft)
    {
        var energy = FlowField.Find(soft, canvas.Units(2.2f, 1), canvas.Token).Energy;
        float near = canvas.Units(6, 2), far = canvas.Units(46, 5);
        var inside = PoissonDiscs.Scatter(
            canvas.Width,
            canvas.Height,
            (x, y) => near + ((far - near) * MathF.Exp(-energy[x, y] * 52)),
            near,
            canvas.Random("points"),
            canvas.Token);
        List<(float X, float Y)> points = [.. inside];
        var random = canvas.Random("frame");
        for (var along = 0f; along <= 1.0001f; along += 0.05f)
        {
            float x = along * (canvas.Width - 1), y = along * (canvas.Height - 1);
            float Out() => random.Range(0.6f, 1.2f) * far;
            points.Add((x, -Out()));
            points.Add((x, canvas.Height - 1 + Out()));
            points.Add((-Out(), y));
            points.Add((canvas.Width - 1 + Out(), y));
        }

        float margin = 6 * far;
        points.AddRange([
            (-margin, -margin), (canvas.Width + margin, -margin), (-margin, canvas.Height + margin), (canvas.Width + margin, canvas.Height + margin)]);
        return points;
    }

    private static void Fill(
        StyleCanvas canvas, ColorPlanes soft, ColorPlanes result, (float X, float Y) a, (float X, float Y) b, (float X, float Y) c, float light)
    {
        var top = (int)Math.Max(0, MathF.Ceiling(Math.Min(a.Y, Math.Min(b.Y, c.Y))));
        var bottom = (int)Math.Min(canvas.Height - 1, MathF.Floor(Math.Max(a.Y, Math.Max(b.Y, c.Y))));
        var sum = Vector3.Zero;
        var count = 0;
        for (var y = top; y <= bottom; y++)
        {
            var (left, right) = Span(a, b, c, y, canvas.Width);
            for (var x = left; x < right; x++, count++) sum += soft.At((y * canvas.Width) + x);
        }

        if (count == 0) return;
        var color = Tints.Clamp(Tints.Saturate(sum / count, 1.22f) * light);
        for (var y = top; y <= bottom; y++)
        {
            var (left, right) = Span(a, b, c, y, canvas.Width);
            var (start, length) = ((y * canvas.Width) + left, right - left);
            if (length <= 0) continue;
            result.C0.Data.AsSpan(start, length).Fill(color.X);
            result.C1.Data.AsSpan(start, length).Fill(color.Y);
            result.C2.Data.AsSpan(start, length).Fill(color.Z);
        }
    }

    // The pixels of a row from the left side's column up to the right side's, so that neighbours meet without a gap.
    private static (int Left, int Right) Span((float X, float Y) a, (float X, float Y) b, (float X, float Y) c, int y, int width)
    {
        float left = float.MaxValue, right = float.MinValue;
        Cross(a, b);
        Cross(b, c);
        Cross(c, a);
        return ((int)Math.Clamp(MathF.Ceiling(left), 0, width), (int)Math.Clamp(MathF.Ceiling(right), 0, width));

        void Cross((float X, float Y) p, (float X, float Y) q)
        {
            // The same side seen from the other triangle gives the same column.
            if (p.Y > q.Y || (p.Y == q.Y && p.X > q.X)) (p, q) = (q, p);
            if (y < p.Y || y >= q.Y) return;
            var x = p.X + ((y - p.Y) / (q.Y - p.Y) * (q.X - p.X));
            left = Math.Min(left, x);
            right = Math.Max(right, x);
        }
    }
}
