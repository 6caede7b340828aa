using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Light;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Studies;

/// <summary>Repeating patterns: mandalas, tiles, scales, stripes, dots, honeycomb, triangles, blossoms; all in five colours.</summary>
internal static class PatternStudy
{
    private static readonly string[] Kinds = ["mandala", "tiles", "scales", "stripes", "dots", "hexagon", "triangle"];

    /// <summary>Paints the pattern.</summary>
    public static SceneView Paint(SceneBrief brief, int width, int height, Action<float, string> progress, CancellationToken cancellationToken)
    {
        var random = brief.Random("pattern");
        var view = new SceneView(width, height);
        var colors = Palettes.For(brief);
        var noise = new GradientNoise(random);
        var kind = Kinds.FirstOrDefault(kind => brief.Has(kind)) ?? (brief.Has("flower") ? "flower" : brief.Has("wave") ? "scales" : random.Pick(["tiles", "scales", "hexagon", "triangle", "flower"]));
        progress(0.1f, "laying the pattern");
        var ordered = random.Range(0, MathF.Tau);
        var pitch = random.Range(0.11f, 0.15f);
        Func<float, float, Vector3> color = kind switch
        {
            "mandala" => Mandala(colors, random),
            "tiles" => Tiles(colors, noise, pitch * 1.2f),
            "scales" => Scales(colors, noise, pitch),
            "stripes" => Stripes(colors, noise, ordered, pitch),
            "dots" => Dots(colors, noise, pitch * 0.8f),
            "hexagon" => Hexagons(colors, noise, pitch * 0.75f),
            "triangle" => Triangles(colors, noise, pitch),
            _ => Blossoms(colors, noise, pitch * 1.25f),
        };
        const int Samples = 2;
        RowBands.Run(
            height,
            (first, end) =>
            {
                for (var y = first; y < end; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    for (var x = 0; x < width; x++)
                    {
                        var sum = Vector3.Zero;
                        for (var part = 0; part < Samples * Samples; part++)
                        {
                            float px = x + (((part % Samples) + 0.5f) / Samples), py = y + (((part / Samples) + 0.5f) / Samples);
                            sum += color((px - (width / 2f)) / height, (py - (height / 2f)) / height);
                        }

                        float u = (x - (width / 2f)) / height, v = (y - (height / 2f)) / height;
                        var paper = 1 + (0.035f * noise.Fractal(u * 70, v * 70, 2)) + (0.05f * noise.Fractal(u * 2.5f, v * 2.5f, 3));
                        view.Color[(y * width) + x] = sum / (Samples * Samples) * paper * 0.95f;
                    }
                }
            },
            cancellationToken);
        return view;
    }

    private static Func<float, float, Vector3> Mandala(Vector3[] colors, SeededRandom random)
    {
        var folds = (random.Below(5) + 4) * 2;
        var rings = new (float Radius, float Petal, int Kind, int Color)[9];
        for (var i = 0; i < rings.Length; i++) rings[i] = (0.06f + (i * 0.062f), random.Range(0.25f, 0.5f), random.Below(4), random.Below(colors.Length));
        return (u, v) =>
        {
            var radius = MathF.Sqrt((u * u) + (v * v));
            var angle = MathF.Atan2(v, u) / MathF.Tau * folds;
            var color = Vector3.Lerp(colors[0], colors[1], Math.Clamp(radius * 0.7f, 0, 1));
            for (var i = rings.Length - 1; i >= 0; i--)
            {
                var (ring, petal, kind, own) = rings[i];
                var local = Math.Abs((angle + (i % 2 * 0.5f)) - MathF.Floor(angle + (i % 2 * 0.5f)) - 0.5f) * 2;
                var reach = kind switch
                {
                    0 => ring + (0.05f * MathF.Pow(Math.Max(0, 1 - local), petal + 0.4f)),
                    1 => ring + (0.055f * (1 - (local * local))),
                    2 => ring + (0.03f * MathF.Cos(local * MathF.PI)) + 0.02f,
                    _ => ring + (0.05f * Math.Max(0, 1 - (local * 1.6f))),
                };
                if (radius > reach) continue;
                var edge = reach - radius;
                color = colors[(own + i) % colors.Length];
                if (edge < 0.005f) color = colors[^1];
                else if (edge is > 0.012f and < 0.0155f) color = Vector3.Lerp(color, colors[0], 0.7f);
                var bead = MathF.Sqrt(MathF.Pow((local - 0.02f) * radius * MathF.PI / folds, 2) + MathF.Pow(radius - (reach - 0.026f), 2));
                if (bead < 0.0075f) color = colors[(own + i + 2) % colors.Length];
                color *= 0.9f + Math.Clamp(edge * 3, 0, 0.2f);
            }

            return color;
        };
    }

    private static Func<float, float, Vector3> Tiles(Vector3[] colors, GradientNoise noise, float pitch) => (u, v) =>
    {
        float x = u / pitch, y = v / pitch;
        int column = (int)MathF.Floor(x), row = (int)MathF.Floor(y);
        float fx = x - column - 0.5f, fy = y - row - 0.5f;
        if (Math.Max(Math.Abs(fx), Math.Abs(fy)) > 0.483f) return colors[0] * 0.6f;
        if ((column + row) % 2 == 0) (fx, fy) = (fy, -fx);
        float corner = MathF.Sqrt(MathF.Pow(Math.Abs(fx) - 0.5f, 2) + MathF.Pow(Math.Abs(fy) - 0.5f, 2)), middle = MathF.Sqrt((fx * fx) + (fy * fy));
        var star = middle + (0.06f * MathF.Cos(MathF.Atan2(fy, fx) * 8));
        var glaze = 0.94f + (0.12f * noise.Cell(column, row));
        var color = colors[^1];
        if (corner < 0.36f) color = colors[1];
        if (corner < 0.29f) color = colors[^1];
        if (corner < 0.24f) color = colors[2];
        if (star < 0.22f) color = colors[1];
        if (star < 0.15f) color = colors[3];
        if (star < 0.075f) color = colors[^1];
        if (Math.Abs(Math.Abs(fx) - Math.Abs(fy)) < 0.014f && middle is > 0.24f and < 0.42f) color = colors[2];
        return color * glaze;
    };

    private static Func<float, float, Vector3> Scales(Vector3[] colors, GradientNoise noise, float pitch) => (u, v) =>
    {
        // The nearest row of scales that reaches the place, from the front.
        for (var front = 2; front >= -1; front--)
        {
            var row = (int)MathF.Floor(v / (pitch * 0.5f)) + front;
            var shift = row % 2 == 0 ? 0 : 0.5f;
            var column = (int)MathF.Round((u / pitch) - shift);
            float dx = (u / pitch) - shift - column, dy = (v - (row * pitch * 0.5f)) / pitch, radius = MathF.Sqrt((dx * dx) + (dy * dy));
            if (radius > 0.5f || dy > 0) continue;
            var ring = (int)(radius / 0.1f);
            var tone = noise.Fractal((column + shift) * 0.23f, row * 0.13f, 2);
            var main = Vector3.Lerp(colors[1], colors[2], Math.Clamp(0.5f + (1.5f * tone), 0, 1));
            var color = ring switch { 4 => colors[^1], 3 => main, 2 => colors[^1] * 0.96f, 1 => colors[3], _ => main * 0.8f };
            return color * (1 - (0.25f * Tone.Step(0.4f, 0.5f, radius) * (radius > 0.485f ? 1 : 0)));
        }

        return colors[1];
    };

    private static Func<float, float, Vector3> Stripes(Vector3[] colors, GradientNoise noise, float turn, float pitch)
    {
        var (sin, cos) = MathF.SinCos(turn);
        float[] widths = [0.26f, 0.08f, 0.2f, 0.05f, 0.3f, 0.11f];
        return (u, v) =>
        {
            var at = ((u * cos) + (v * sin)) / (pitch * 2.6f) + (0.012f * noise.Fractal(u * 4, v * 4, 2));
            at -= MathF.Floor(at);
            for (var i = 0; i < widths.Length; i++)
            {
                if (at < widths[i]) return colors[(i * 3 + 4) % colors.Length] * (0.97f + (0.05f * noise.At(((u * sin) - (v * cos)) * 60, at * 300)));
                at -= widths[i];
            }

            return colors[0];
        };
    }

    private static Func<float, float, Vector3> Dots(Vector3[] colors, GradientNoise noise, float pitch) => (u, v) =>
    {
        var row = (int)MathF.Round(v / (pitch * 0.866f));
        var shift = row % 2 == 0 ? 0 : 0.5f;
        var column = (int)MathF.Round((u / pitch) - shift);
        float dx = (u / pitch) - shift - column, dy = (v - (row * pitch * 0.866f)) / pitch, radius = MathF.Sqrt((dx * dx) + (dy * dy));
        var size = 0.26f + (0.13f * noise.Fractal(column * 0.21f, row * 0.21f, 2));
        var own = colors[1 + (int)(noise.Cell(column, row) * 3)];
        return radius < size * 0.45f ? Vector3.Lerp(own, colors[^1], 0.35f) : radius < size ? own : colors[^1];
    };

    private static Func<float, float, Vector3> Hexagons(Vector3[] colors, GradientNoise noise, float pitch) => (u, v) =>
    {
        float tall = pitch * 1.7320508f;
        Vector2 a = new(Wrap(u, pitch * 3) - (pitch * 1.5f), Wrap(v, tall) - (tall / 2)), b = new(Wrap(u - (pitch * 1.5f), pitch * 3) - (pitch * 1.5f), Wrap(v - (tall / 2), tall) - (tall / 2));
        var local = a.LengthSquared() < b.LengthSquared() ? a : b;
        var center = new Vector2(u, v) - local;
        var across = new Vector2(Math.Abs(local.X), Math.Abs(local.Y));
        var distance = Math.Max(across.Y, (across.X * 0.8660254f) + (across.Y * 0.5f)) / (tall / 2);
        if (distance > 0.93f) return colors[^1];
        var tone = noise.Fractal(center.X * 1.7f, center.Y * 1.7f, 3);
        var own = Vector3.Lerp(colors[1], colors[3], Math.Clamp(0.5f + (1.2f * tone), 0, 1));
        if (noise.Cell((int)MathF.Round(center.X / pitch * 4), (int)MathF.Round(center.Y / pitch * 4)) < 0.12f) own = colors[2];
        var facet = 0.86f + (0.18f * MathF.Cos((MathF.Floor(MathF.Atan2(local.Y, local.X) / (MathF.PI / 3)) * 1.05f) + 2));
        return own * facet * (distance > 0.55f ? 1 : 1.1f);

        static float Wrap(float value, float period) => value - (period * MathF.Floor(value / period));
    };

    private static Func<float, float, Vector3> Triangles(Vector3[] colors, GradientNoise noise, float pitch) => (u, v) =>
    {
        var y = v / (pitch * 0.866f);
        var row = (int)MathF.Floor(y);
        var x = (u / pitch) - (row * 0.5f);
        var fy = y - row;
        var column = (int)MathF.Floor(x - (fy * 0.5f));
        var fx = x - (fy * 0.5f) - column;
        var upper = fx + fy > 1;
        float cx = (column + (row * 0.5f) + (upper ? 1 : 0.5f)) * pitch, cy = (row + (upper ? 0.67f : 0.33f)) * pitch * 0.866f;
        var tone = Math.Clamp(0.5f + (1.1f * noise.Fractal(cx * 1.3f, cy * 1.3f, 3)) + (0.24f * (noise.Cell(column * 2 + (upper ? 1 : 0), row) - 0.5f)), 0, 0.999f);
        var position = tone * (colors.Length - 1);
        return Vector3.Lerp(colors[(int)position], colors[(int)position + 1], position - (int)position);
    };

    private static Func<float, float, Vector3> Blossoms(Vector3[] colors, GradientNoise noise, float pitch) => (u, v) =>
    {
        var row = (int)MathF.Round(v / (pitch * 0.866f));
        var shift = row % 2 == 0 ? 0 : 0.5f;
        var column = (int)MathF.Round((u / pitch) - shift);
        float dx = (u / pitch) - shift - column, dy = (v - (row * pitch * 0.866f)) / pitch;
        var radius = MathF.Sqrt((dx * dx) + (dy * dy));
        var angle = MathF.Atan2(dy, dx) + (noise.Cell(column, row) * 6);
        var petal = 0.3f * (0.62f + (0.38f * Math.Abs(MathF.Cos(angle * 2.5f))));
        var own = colors[1 + (int)(noise.Cell(column + 3, row + 9) * 3)];
        if (radius < 0.06f) return colors[3];
        if (radius < petal) return Vector3.Lerp(Vector3.Lerp(own, colors[^1], 0.35f), own, radius / petal);
        float lx = Math.Abs(dx) - 0.31f, leaf = (lx * lx * 12) + (dy * dy * 90);
        if (leaf < 0.16f && Math.Abs(dy) < 0.06f) return Vector3.Lerp(colors[1], colors[0], 0.5f);
        return colors[^1] * (MathF.Sqrt(MathF.Pow(Math.Abs(dx) - 0.5f, 2) + MathF.Pow(Math.Abs(dy) - 0.29f, 2)) < 0.035f ? 0.82f : 1);
    };
}
