using System.Numerics;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Closed outlines made of straight lines and Bézier curves, in any unit. Curves become short lines as they are added. Every outline is
/// turned to one direction, so that overlapping outlines unite.
/// </summary>
public sealed class ShapePath
{
    private const int CurveSteps = 14;
    private readonly List<Vector2[]> outlines = [];
    private readonly List<Vector2> open = [];

    /// <summary>The finished outlines, all of the same turning direction.</summary>
    public IReadOnlyList<Vector2[]> Outlines
    {
        get
        {
            Close();
            return outlines;
        }
    }

    /// <summary>Begins an outline.</summary>
    public ShapePath From(float x, float y)
    {
        Close();
        open.Add(new(x, y));
        return this;
    }

    /// <summary>A straight line.</summary>
    public ShapePath To(float x, float y)
    {
        open.Add(new(x, y));
        return this;
    }

    /// <summary>A quadratic Bézier curve by its control point and end.</summary>
    public ShapePath Bend(float controlX, float controlY, float x, float y)
    {
        Vector2 start = open[^1], control = new(controlX, controlY), end = new(x, y);
        for (var i = 1; i <= CurveSteps; i++)
        {
            var t = i / (float)CurveSteps;
            open.Add(Vector2.Lerp(Vector2.Lerp(start, control, t), Vector2.Lerp(control, end, t), t));
        }

        return this;
    }

    /// <summary>A cubic Bézier curve by its two control points and end.</summary>
    public ShapePath Curve(float x1, float y1, float x2, float y2, float x, float y)
    {
        Vector2 a = open[^1], b = new(x1, y1), c = new(x2, y2), d = new(x, y);
        for (var i = 1; i <= CurveSteps; i++)
        {
            var t = i / (float)CurveSteps;
            Vector2 ab = Vector2.Lerp(a, b, t), bc = Vector2.Lerp(b, c, t), cd = Vector2.Lerp(c, d, t);
            open.Add(Vector2.Lerp(Vector2.Lerp(ab, bc, t), Vector2.Lerp(bc, cd, t), t));
        }

        return this;
    }

    /// <summary>An outline of straight lines through the points.</summary>
    public ShapePath Polygon(params ReadOnlySpan<Vector2> points)
    {
        Close();
        open.AddRange(points);
        Close();
        return this;
    }

    /// <summary>A rectangle.</summary>
    public ShapePath Box(float left, float bottom, float width, float height) =>
        Polygon(new(left, bottom), new(left + width, bottom), new(left + width, bottom + height), new(left, bottom + height));

    /// <summary>An ellipse around a centre, turned by an angle in radians.</summary>
    public ShapePath Ellipse(float x, float y, float radiusX, float radiusY, float angle = 0)
    {
        const int Steps = 72;
        Close();
        var (turnSin, turnCos) = MathF.SinCos(angle);
        for (var i = 0; i < Steps; i++)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.Tau / Steps);
            float dx = cos * radiusX, dy = sin * radiusY;
            open.Add(new(x + (dx * turnCos) - (dy * turnSin), y + (dx * turnSin) + (dy * turnCos)));
        }

        Close();
        return this;
    }

    /// <summary>A round-ended limb through the points, with a radius at each.</summary>
    public ShapePath Limb(ReadOnlySpan<(float X, float Y, float Radius)> joints)
    {
        for (var i = 0; i < joints.Length; i++)
        {
            var (x, y, radius) = joints[i];
            Round(x, y, radius);
            if (i == 0) continue;
            var (fromX, fromY, fromRadius) = joints[i - 1];
            var along = new Vector2(x - fromX, y - fromY);
            if (along.LengthSquared() < 1e-12f) continue;
            var across = Vector2.Normalize(new(-along.Y, along.X));
            Vector2 start = new(fromX, fromY), end = new(x, y);
            Polygon(start + (across * fromRadius), start - (across * fromRadius), end - (across * radius), end + (across * radius));
        }

        return this;
    }

    /// <summary>A smooth curve through the joints (Catmull–Rom), as a limb.</summary>
    public ShapePath SmoothLimb(params ReadOnlySpan<(float X, float Y, float Radius)> joints)
    {
        const int Steps = 6;
        var points = new List<(float X, float Y, float Radius)>();
        for (var i = 0; i + 1 < joints.Length; i++)
        {
            var (p0, p1, p2, p3) = (Point(joints, i - 1), Point(joints, i), Point(joints, i + 1), Point(joints, i + 2));
            for (var step = 0; step < Steps; step++)
            {
                var p = Spline(p0, p1, p2, p3, step / (float)Steps);
                points.Add((p.X, p.Y, Math.Max(p.Z, 0)));
            }
        }

        points.Add(joints[^1]);
        return Limb(points.ToArray());
    }

    /// <summary>Every outline moved by a map of the plane.</summary>
    public ShapePath Map(Func<Vector2, Vector2> map)
    {
        var moved = new ShapePath();
        foreach (var outline in Outlines) moved.Polygon(Array.ConvertAll(outline, point => map(point)));
        return moved;
    }

    private void Round(float x, float y, float radius)
    {
        const int Steps = 20;
        Close();
        for (var i = 0; i < Steps; i++)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.Tau / Steps);
            open.Add(new(x + (cos * radius), y + (sin * radius)));
        }

        Close();
    }

    private static Vector3 Point(ReadOnlySpan<(float X, float Y, float Radius)> joints, int index)
    {
        var (x, y, radius) = joints[Math.Clamp(index, 0, joints.Length - 1)];
        return new(x, y, radius);
    }

    private static Vector3 Spline(Vector3 p0, Vector3 p1, Vector3 p2, Vector3 p3, float t) => 0.5f
        * ((2 * p1) + ((p2 - p0) * t) + (((2 * p0) - (5 * p1) + (4 * p2) - p3) * t * t) + (((3 * p1) - p0 - (3 * p2) + p3) * t * t * t));

    private void Close()
    {
        if (open.Count >= 3)
        {
            double area = 0;
            for (var i = 0; i < open.Count; i++)
            {
                var (a, b) = (open[i], open[(i + 1) % open.Count]);
                area += ((double)a.X * b.Y) - ((double)b.X * a.Y);
            }

            if (area < 0) open.Reverse();
            outlines.Add([.. open]);
        }

        open.Clear();
    }
}
