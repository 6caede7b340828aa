using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Finish;

/// <summary>
/// Styles of the brush: strokes from large to small that follow the picture's edges and are laid only where the canvas still differs
/// (Hertzmann, "Painterly rendering with curved brush strokes of multiple sizes", 1998), dots, washes.
/// </summary>
internal static class BrushStyles
{
    /// <summary>Strokes of paint.</summary>
    /// <param name="sheet">The picture.</param>
    /// <param name="sizes">Brush radii as shares of the picture's height, from large to small.</param>
    /// <param name="length">A stroke's length in radii.</param>
    /// <param name="liveliness">How far strokes stray in colour, 0–1.</param>
    /// <param name="random">Chance.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static PaintedSheet Strokes(
        PaintedSheet sheet, float[] sizes, float length, float liveliness, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        var canvas = sheet.Flattened(Math.Max(2, (int)(sizes[0] * sheet.Height * 0.8f)), cancellationToken);
        for (var layer = 0; layer < sizes.Length; layer++)
        {
            var radius = Math.Max(1.1f, sizes[layer] * sheet.Height);
            var guide = sheet.Flattened(Math.Max(1, (int)(radius * 0.7f)), cancellationToken);
            var light = sheet.Lightness(radius * 0.8f, cancellationToken);
            var strokes = new List<Stroke>();
            var step = radius * 0.95f;
            for (var gy = 0f; gy < sheet.Height; gy += step)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var gx = 0f; gx < sheet.Width; gx += step)
                {
                    float x = gx + (random.Range(-0.5f, 0.5f) * step), y = gy + (random.Range(-0.5f, 0.5f) * step);
                    var (tone, turn, stray) = (random.Range(-1, 1), random.Range(-1, 1), random.Next());
                    var color = guide.At(x, y);
                    if (layer > 0 && Vector3.DistanceSquared(color, canvas.At(x, y)) < 0.0016f && tone < 0.6f) continue;
                    var angle = Angle(light, x, y, noise) + (turn * 0.22f);
                    color *= 1 + (tone * 0.09f * liveliness);
                    color += new Vector3(((stray & 255) / 255f) - 0.5f, (((stray >> 8) & 255) / 255f) - 0.5f, (((stray >> 16) & 255) / 255f) - 0.5f) * (0.07f * liveliness);
                    strokes.Add(new(x, y, radius * length, radius, angle, color, stray));
                }
            }

            Shuffle(strokes, random);
            Lay(canvas, strokes, cancellationToken);
        }

        return canvas;
    }

    /// <summary>Dots of colour on a pale ground.</summary>
    public static PaintedSheet Dots(PaintedSheet sheet, SeededRandom random, CancellationToken cancellationToken)
    {
        var canvas = sheet.Flattened(Math.Max(2, sheet.Height / 120), cancellationToken).Map((_, _, color) => Vector3.Lerp(color, new(0.93f, 0.9f, 0.82f), 0.35f), cancellationToken);
        foreach (var share in (float[])[0.0085f, 0.0052f])
        {
            var radius = Math.Max(1.4f, share * sheet.Height);
            var strokes = new List<Stroke>();
            for (var gy = 0f; gy < sheet.Height; gy += radius * 1.35f)
            {
                for (var gx = 0f; gx < sheet.Width; gx += radius * 1.35f)
                {
                    float x = gx + (random.Normal() * radius * 0.4f), y = gy + (random.Normal() * radius * 0.4f);
                    var lab = Oklab.FromLinear(Square(sheet.At(x, y)));
                    var (sin, cos) = MathF.SinCos(random.Normal() * 0.32f);
                    var lift = 1.45f;
                    lab = new(lab.X + random.Range(-0.06f, 0.06f), ((lab.Y * cos) - (lab.Z * sin)) * lift, ((lab.Y * sin) + (lab.Z * cos)) * lift);
                    strokes.Add(new(x, y, radius, radius, 0, Root(Oklab.ToLinear(lab)), 0));
                }
            }

            Shuffle(strokes, random);
            Lay(canvas, strokes, cancellationToken);
        }

        return canvas;
    }

    /// <summary>Transparent washes with dark rims, on grainy paper with a ragged white margin.</summary>
    public static PaintedSheet Washes(PaintedSheet sheet, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        var flat = sheet.Flattened(Math.Max(2, sheet.Height / 130), cancellationToken).Flattened(Math.Max(2, sheet.Height / 180), cancellationToken);
        var rims = flat.Outlines(Math.Max(1, sheet.Height / 420f), 9, cancellationToken);
        float size = sheet.Height;
        return flat.Map(
            (x, y, color) =>
            {
                float u = x / size, v = y / size;
                var bloom = noise.Fractal(u * 3.5f, v * 3.5f, 5);
                var grain = noise.Fractal(x * 0.35f, y * 0.35f, 2);
                var moved = flat.At(x + (noise.At(u * 40, v * 40) * size * 0.003f), y + (noise.At((u * 40) + 9, v * 40) * size * 0.003f));
                var pigment = Vector3.One - moved;
                var load = 0.8f + (0.26f * bloom) + (0.1f * grain);
                var paper = new Vector3(0.985f, 0.975f, 0.95f) * (1 + (0.018f * grain));
                var washed = paper - (pigment * load * 0.94f);
                washed -= new Vector3(0.16f) * rims[x, y] * (Vector3.One - (moved * 0.5f));
                float edge = Math.Min(Math.Min(x, sheet.Width - 1 - x), Math.Min(y, sheet.Height - 1 - y)) / size;
                return Vector3.Lerp(paper, washed, Tone.Step(0.012f, 0.026f, edge + (0.014f * noise.Fractal(u * 16, v * 16, 4))));
            },
            cancellationToken);
    }

    /// <summary>Ink washes of a few depths on rice paper, with brush outlines.</summary>
    public static PaintedSheet Ink(PaintedSheet sheet, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        var flat = sheet.Flattened(Math.Max(2, sheet.Height / 110), cancellationToken);
        var lines = flat.Outlines(Math.Max(0.9f, sheet.Height / 480f), 16, cancellationToken);
        float size = sheet.Height;
        return flat.Map(
            (x, y, color) =>
            {
                float u = x / size, v = y / size;
                var bleed = 0.055f * noise.Fractal(u * 10, v * 10, 4);
                var light = Math.Clamp((PaintedSheet.Luma(color) * 1.28f) - 0.05f + bleed, 0, 1);
                var depth = MathF.Floor(light * 5) / 5;
                light = Tone.Mix(depth + 0.06f, light, 0.6f);
                var ink = Vector3.Lerp(new(0.07f, 0.075f, 0.09f), new(0.955f, 0.935f, 0.885f), Tone.Step(0, 0.92f, light));
                ink *= 1 - (0.75f * lines[x, y]);
                return ink * (1 + (0.03f * noise.Fractal(x * 0.4f, y * 0.08f, 2)));
            },
            cancellationToken);
    }

    /// <summary>Pencil hatching in layers, denser where it is darker, with contours.</summary>
    public static PaintedSheet Pencil(PaintedSheet sheet, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        var light = sheet.Lightness(Math.Max(0.7f, sheet.Height / 700f), cancellationToken);
        var lines = sheet.Outlines(Math.Max(0.8f, sheet.Height / 620f), 17, cancellationToken);
        var pitch = Math.Max(3f, sheet.Height / 240f);
        return sheet.Map(
            (x, y, _) =>
            {
                var tone = light[x, y];
                var graphite = 0f;
                for (var layer = 0; layer < 4; layer++)
                {
                    var (sin, cos) = MathF.SinCos(0.7f + (layer * 0.72f));
                    var wobble = noise.Fractal(x / (pitch * 22), y / (pitch * 22), 2) * pitch * 1.4f;
                    var across = (((x * cos) + (y * sin) + wobble) / pitch) + (layer * 0.37f);
                    var stripe = Math.Abs(across - MathF.Floor(across) - 0.5f) * 2;
                    var need = Tone.Step(0.86f - (layer * 0.2f), 0.5f - (layer * 0.17f), tone);
                    graphite = Math.Max(graphite, need * Tone.Step(0.1f, 0.75f, stripe) * (0.42f + (0.14f * layer)));
                }

                var paper = 0.955f + (0.02f * noise.Fractal(x * 0.5f, y * 0.5f, 2));
                var tooth = 0.82f + (0.3f * noise.Fractal(x * 0.9f, y * 0.9f, 2));
                var value = paper * (1 - Math.Clamp((graphite + (0.72f * lines[x, y])) * tooth, 0, 0.9f));
                return new Vector3(value, value * 0.992f, value * 0.97f);
            },
            cancellationToken);
    }

    private static float Angle(Algorithms.Plane light, float x, float y, GradientNoise noise)
    {
        int px = Math.Clamp((int)x, 1, light.Width - 2), py = Math.Clamp((int)y, 1, light.Height - 2);
        float dx = light[px + 1, py] - light[px - 1, py], dy = light[px, py + 1] - light[px, py - 1];

        // Where nothing leads the brush, a slow current does.
        var current = noise.Fractal(x / light.Height * 1.6f, y / light.Height * 1.6f, 2) * 1.8f;
        var strength = Tone.Step(0.0008f, 0.008f, MathF.Sqrt((dx * dx) + (dy * dy)));
        var along = MathF.Atan2(dx, -dy);
        return strength > 0.5f ? along : current;
    }

    private static void Shuffle(List<Stroke> strokes, SeededRandom random)
    {
        for (var i = strokes.Count - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (strokes[i], strokes[j]) = (strokes[j], strokes[i]);
        }
    }

    // Bands of rows in parallel, the strokes of each in their order: the same picture on any number of cores.
    private static void Lay(PaintedSheet canvas, List<Stroke> strokes, CancellationToken cancellationToken) => RowBands.Run(
        canvas.Height,
        (first, end) =>
        {
            foreach (var stroke in strokes)
            {
                var reach = Math.Max(stroke.Length, stroke.Radius) + 1;
                if (stroke.Y + reach < first || stroke.Y - reach >= end) continue;
                cancellationToken.ThrowIfCancellationRequested();
                Lay(canvas, stroke, reach, first, end);
            }
        },
        cancellationToken);

    private static void Lay(PaintedSheet canvas, Stroke stroke, float reach, int first, int end)
    {
        var (sin, cos) = MathF.SinCos(stroke.Angle);
        int left = Math.Max(0, (int)(stroke.X - reach)), right = Math.Min(canvas.Width - 1, (int)(stroke.X + reach));
        int top = Math.Max(first, (int)(stroke.Y - reach)), bottom = Math.Min(end - 1, (int)(stroke.Y + reach));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                float dx = x + 0.5f - stroke.X, dy = y + 0.5f - stroke.Y;
                float along = ((dx * cos) + (dy * sin)) / stroke.Length, across = ((dy * cos) - (dx * sin)) / stroke.Radius;
                var distance = (along * along * along * along) + (across * across);
                if (distance > 1) continue;
                var bristle = stroke.Salt == 0 ? 0 : MathF.Sin((across * 9) + (stroke.Salt & 15)) * 0.035f;
                var relief = stroke.Salt == 0 ? 0 : -across * 0.03f;
                var cover = Math.Clamp((1 - distance) * stroke.Radius, 0, 1) * 0.93f;
                var index = (y * canvas.Width) + x;
                canvas.Color[index] = Vector3.Lerp(canvas.Color[index], stroke.Color * (1 + bristle + relief), cover);
            }
        }
    }

    private static Vector3 Square(Vector3 color) => color * color;

    private static Vector3 Root(Vector3 color) => Vector3.SquareRoot(Vector3.Max(color, Vector3.Zero));

    private readonly record struct Stroke(float X, float Y, float Length, float Radius, float Angle, Vector3 Color, uint Salt);
}
