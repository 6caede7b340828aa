using System.Numerics;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Generate.Painting;

/// <summary>
/// Paints a thing in its own measure: the origin is where it stands, x to the right, y up. The brush knows where the thing is, how large,
/// how far (what is nearer hides it) and how much air is before it.
/// </summary>
/// <param name="View">What is painted on.</param>
/// <param name="Origin">The thing's origin in pixels.</param>
/// <param name="Scale">Pixels a unit.</param>
internal sealed record SceneBrush(SceneView View, Vector2 Origin, float Scale)
{
    /// <summary>Distance in the scene's unit; 0 lies before everything.</summary>
    public float Away { get; init; }

    /// <summary>How much of the air's colour covers the thing, 0–1.</summary>
    public float Haze { get; init; }

    /// <summary>The colour of the air.</summary>
    public Vector3 Air { get; init; }

    /// <summary>Whether the thing is seen upside down in water.</summary>
    public bool Reflected { get; init; }

    /// <summary>Whether left and right are exchanged.</summary>
    public bool Mirrored { get; init; }

    /// <summary>How opaque everything is painted.</summary>
    public float Opacity { get; init; } = 1;

    /// <summary>The same brush at another origin in the thing's own measure, and another size.</summary>
    public SceneBrush At(float x, float y, float scale = 1) => this with { Origin = Map(new(x, y)), Scale = Scale * scale };

    /// <summary>A point in pixels.</summary>
    public Vector2 Map(Vector2 point) =>
        new(Origin.X + (point.X * (Mirrored ? -Scale : Scale)), Origin.Y + (point.Y * (Reflected ? Scale : -Scale)));

    /// <summary>Whether a box in the thing's own measure may be seen.</summary>
    public bool Sees(float left, float bottom, float right, float top)
    {
        Vector2 a = Map(new(left, bottom)), b = Map(new(right, top));
        Vector2 low = Vector2.Min(a, b), high = Vector2.Max(a, b);
        return high.X > 0 && low.X < View.Width && high.Y > 0 && low.Y < View.Height;
    }

    /// <summary>Fills a shape with one colour.</summary>
    public void Fill(ShapePath shape, Vector3 color, float alpha = 1)
    {
        var seen = Vector3.Lerp(color, Air, Haze);
        Fill(shape, alpha, _ => seen);
    }

    /// <summary>Fills a shape with a colour that depends on the place, in the thing's own measure.</summary>
    public void Shade(ShapePath shape, Func<Vector2, Vector3> color, float alpha = 1) =>
        Fill(shape, alpha, pixel => Vector3.Lerp(color(Local(pixel)), Air, Haze));

    /// <summary>A round-ended line of changing width.</summary>
    public void Limb(Vector3 color, params ReadOnlySpan<(float X, float Y, float Radius)> joints) =>
        Fill(new ShapePath().SmoothLimb(joints), color);

    /// <summary>A soft-edged ellipse, cheaper than a shape.</summary>
    public void Dab(float x, float y, float radiusX, float radiusY, float angle, Vector3 color, float alpha = 1)
    {
        var center = Map(new(x, y));
        if (Mirrored) angle = -angle;
        if (!Reflected) angle = -angle;
        float rx = Math.Max(radiusX * Scale, 0.35f), ry = Math.Max(radiusY * Scale, 0.35f);
        alpha *= Opacity * Math.Min(1, radiusX * Scale / 0.35f) * Math.Min(1, radiusY * Scale / 0.35f);
        var reach = Math.Max(rx, ry) + 1;
        int left = Math.Max(0, (int)(center.X - reach)), right = Math.Min(View.Width - 1, (int)(center.X + reach));
        int top = Math.Max(0, (int)(center.Y - reach)), bottom = Math.Min(View.Height - 1, (int)(center.Y + reach));
        if (left > right || top > bottom) return;
        var seen = Vector3.Lerp(color, Air, Haze);
        var (sin, cos) = MathF.SinCos(angle);
        var edge = Math.Min(rx, ry);
        for (var py = top; py <= bottom; py++)
        {
            for (var px = left; px <= right; px++)
            {
                float dx = px + 0.5f - center.X, dy = py + 0.5f - center.Y;
                float u = ((dx * cos) + (dy * sin)) / rx, v = ((dy * cos) - (dx * sin)) / ry;
                var cover = Math.Clamp(((1 - MathF.Sqrt((u * u) + (v * v))) * edge) + 0.5f, 0, 1) * alpha;
                if (cover <= 0) continue;
                var index = (py * View.Width) + px;
                if (View.Depth[index] >= Away) View.Blend(index, seen, cover);
            }
        }
    }

    /// <summary>Light that is added: strongest in the middle, none at the radius.</summary>
    public void Glow(float x, float y, float radius, Vector3 light)
    {
        var center = Map(new(x, y));
        var reach = radius * Scale;
        int left = Math.Max(0, (int)(center.X - reach)), right = Math.Min(View.Width - 1, (int)(center.X + reach));
        int top = Math.Max(0, (int)(center.Y - reach)), bottom = Math.Min(View.Height - 1, (int)(center.Y + reach));
        light *= Opacity * (1 - Haze);
        for (var py = top; py <= bottom; py++)
        {
            for (var px = left; px <= right; px++)
            {
                float dx = px + 0.5f - center.X, dy = py + 0.5f - center.Y;
                var t = 1 - (MathF.Sqrt((dx * dx) + (dy * dy)) / reach);
                if (t <= 0) continue;
                var index = (py * View.Width) + px;
                if (View.Depth[index] >= Away) View.Color[index] += light * (t * t * t);
            }
        }
    }

    private Vector2 Local(Vector2 pixel)
    {
        var local = (pixel - Origin) / Scale;
        return new(Mirrored ? -local.X : local.X, Reflected ? local.Y : -local.Y);
    }

    private void Fill(ShapePath shape, float alpha, Func<Vector2, Vector3> color)
    {
        if (ShapeRasterizer.Cover(shape.Map(Map), View.Width, View.Height) is not { } cover) return;
        alpha *= Opacity;
        for (var y = 0; y < cover.Height; y++)
        {
            for (var x = 0; x < cover.Width; x++)
            {
                var share = cover.Values[(y * cover.Width) + x] * alpha;
                if (share <= 0.002f) continue;
                var index = ((cover.Top + y) * View.Width) + cover.Left + x;
                if (View.Depth[index] >= Away) View.Blend(index, color(new(cover.Left + x + 0.5f, cover.Top + y + 0.5f)), share);
            }
        }
    }
}
