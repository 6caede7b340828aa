using System.Numerics;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Engines.Generate.Painting;

namespace PhotoStudio.Inference.Engines.Generate.Finish;

/// <summary>Styles of print, film and small pieces.</summary>
internal static class PrintStyles
{
    /// <summary>Clear colours in few steps of light, with thin outlines.</summary>
    public static PaintedSheet Anime(PaintedSheet sheet, CancellationToken cancellationToken)
    {
        var flat = sheet.Flattened(Math.Max(2, sheet.Height / 240), cancellationToken);
        var lines = flat.Outlines(Math.Max(0.8f, sheet.Height / 900f), 9, cancellationToken);
        return flat.Map((x, y, color) => Vivid(Steps(color, 7, 0.55f), 1.32f) * (1 - (0.34f * lines[x, y])), cancellationToken);
    }

    /// <summary>Flat colours with black contours and halftone dots in the shadows.</summary>
    public static PaintedSheet PopArt(PaintedSheet sheet, CancellationToken cancellationToken)
    {
        var flat = sheet.Flattened(Math.Max(2, sheet.Height / 130), cancellationToken);
        var lines = flat.Outlines(Math.Max(1, sheet.Height / 480f), 17, cancellationToken);
        var pitch = Math.Max(5f, sheet.Height / 110f);
        return flat.Map(
            (x, y, color) =>
            {
                var light = PaintedSheet.Luma(color);
                var loud = Vivid(Steps(color, 4, 1), 1.9f);
                float u = ((x * 0.7071f) + (y * 0.7071f)) / pitch, v = ((y * 0.7071f) - (x * 0.7071f)) / pitch;
                float du = u - MathF.Floor(u) - 0.5f, dv = v - MathF.Floor(v) - 0.5f;
                var dot = MathF.Sqrt((du * du) + (dv * dv)) < 0.62f * MathF.Sqrt(Math.Max(0, 0.72f - light));
                if (dot) loud *= 0.52f;
                return Vector3.Lerp(loud, new(0.03f), lines[x, y]);
            },
            cancellationToken);
    }

    /// <summary>A woodblock print: flat tones, blue-black lines, shades that fade, on fibrous paper.</summary>
    public static PaintedSheet Woodblock(PaintedSheet sheet, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        var flat = sheet.Flattened(Math.Max(2, sheet.Height / 120), cancellationToken).Flattened(Math.Max(2, sheet.Height / 160), cancellationToken);
        var lines = flat.Outlines(Math.Max(1, sheet.Height / 560f), 17, cancellationToken);
        Vector3 paper = new(0.93f, 0.87f, 0.74f), ink = new(0.08f, 0.11f, 0.2f);
        return flat.Map(
            (x, y, color) =>
            {
                var tone = Vivid(Steps(color, 5, 0.9f), 0.98f);
                var printed = Vector3.Lerp(tone * new Vector3(1, 0.97f, 0.88f), paper * tone, 0.35f);
                printed = Vector3.Lerp(printed, paper, 0.1f);
                var fibre = noise.Fractal(x * 0.05f, y * 0.45f, 3);
                printed *= 1 + (0.05f * fibre);
                return Vector3.Lerp(printed, ink, lines[x, y] * 0.92f);
            },
            cancellationToken);
    }

    /// <summary>Large square pixels of few colours, with ordered dither (Bayer, 1973).</summary>
    public static PaintedSheet Pixels(PaintedSheet sheet, CancellationToken cancellationToken)
    {
        int[] bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];
        var block = Math.Max(2, (int)MathF.Round(sheet.Height / 128f));
        return sheet.Map(
            (x, y, _) =>
            {
                int column = x / block, row = y / block;
                var sum = Vector3.Zero;
                for (var i = 0; i < 9; i++) sum += sheet.At((column + ((i % 3) + 0.5f) / 3) * block, (row + ((i / 3) + 0.5f) / 3) * block);
                var dither = ((bayer[((row & 3) * 4) + (column & 3)] / 16f) - 0.47f) * 0.11f;
                var color = Vivid(sum / 9, 1.25f) + new Vector3(dither);
                return new Vector3(MathF.Round(color.X * 6), MathF.Round(color.Y * 7), MathF.Round(color.Z * 5)) / new Vector3(6, 7, 5);
            },
            cancellationToken);
    }

    /// <summary>Pieces of glass or stone with joints between (cells of Worley, 1996).</summary>
    public static PaintedSheet Mosaic(PaintedSheet sheet, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        var flat = sheet.Flattened(Math.Max(2, sheet.Height / 160), cancellationToken);
        var size = Math.Max(6f, sheet.Height / 62f);
        return sheet.Map(
            (x, y, _) =>
            {
                float px = x / size, py = y / size, first = 9, second = 9;
                int column = (int)MathF.Floor(px), row = (int)MathF.Floor(py), own = 0;
                Vector2 center = default;
                for (var i = 0; i < 9; i++)
                {
                    int c = column + (i % 3) - 1, r = row + (i / 3) - 1;
                    var seed = new Vector2(c + 0.18f + (0.64f * noise.Cell(c, r)), r + 0.18f + (0.64f * noise.Cell(c + 77, r + 31)));
                    var distance = Vector2.Distance(seed, new(px, py));
                    if (distance < first) (second, first, center, own) = (first, distance, seed, (c * 31) + r);
                    else if (distance < second) second = distance;
                }

                var color = Vivid(flat.At(center.X * size, center.Y * size), 1.2f) * (0.9f + (0.2f * noise.Cell(own, 3)));
                var joint = Tone.Step(0.05f, 0.11f, second - first);
                var bevel = 1 + (0.1f * Math.Clamp(((center.X - px) + (center.Y - py)) * 1.2f, -1, 1));
                return Vector3.Lerp(new(0.12f, 0.11f, 0.11f), color * bevel, joint);
            },
            cancellationToken);
    }

    /// <summary>Flat triangles, smaller where there is more to see.</summary>
    public static PaintedSheet Triangles(PaintedSheet sheet, SeededRandom random, CancellationToken cancellationToken)
    {
        var flat = sheet.Flattened(Math.Max(2, sheet.Height / 140), cancellationToken);
        int rows = 34, columns = Math.Max(3, (int)(rows * sheet.Width / (float)sheet.Height));
        var points = new Vector2[(rows + 1) * (columns + 1)];
        for (var r = 0; r <= rows; r++)
        {
            for (var c = 0; c <= columns; c++)
            {
                float inner = r == 0 || r == rows ? 0 : 0.36f, side = c == 0 || c == columns ? 0 : 0.36f;
                points[(r * (columns + 1)) + c] = new((c + (side * random.Range(-1, 1)) + (c == 0 || c == columns ? 0 : (r % 2) * 0.3f)) * sheet.Width / columns, (r + (inner * random.Range(-1, 1))) * sheet.Height / rows);
            }
        }

        var result = flat.Map((_, _, color) => color, cancellationToken);
        for (var r = 0; r < rows; r++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var c = 0; c < columns; c++)
            {
                var (a, b) = (points[(r * (columns + 1)) + c], points[(r * (columns + 1)) + c + 1]);
                var (d, e) = (points[((r + 1) * (columns + 1)) + c], points[((r + 1) * (columns + 1)) + c + 1]);
                Facet(result, flat, a, b, d);
                Facet(result, flat, b, e, d);
            }
        }

        return result;
    }

    /// <summary>Layers of paper by lightness, each with its shadow.</summary>
    public static PaintedSheet PaperCut(PaintedSheet sheet, SeededRandom random, CancellationToken cancellationToken)
    {
        const int Layers = 7;
        var noise = new GradientNoise(random);
        var flat = sheet.Flattened(Math.Max(3, sheet.Height / 60), cancellationToken).Flattened(Math.Max(2, sheet.Height / 90), cancellationToken);
        var light = flat.Lightness(Math.Max(1, sheet.Height / 300f), cancellationToken);
        var drop = Math.Max(2, sheet.Height / 130);
        return flat.Map(
            (x, y, color) =>
            {
                var level = MathF.Floor(light[x, y] * Layers);
                var before = MathF.Floor(light[Math.Max(0, x - drop), Math.Max(0, y - drop)] * Layers);
                var near = MathF.Floor(light[Math.Max(0, x - 1), Math.Max(0, y - 1)] * Layers);
                var shade = before < level ? 0.72f : 1;
                var rim = near > level ? 1.22f : 1;
                var tone = Vivid(color * ((level + 0.6f) / Layers / Math.Max(0.06f, light[x, y])), 1.15f);
                return tone * shade * rim * (1 + (0.035f * noise.Fractal(x * 0.3f, y * 0.3f, 3)));
            },
            cancellationToken);
    }

    /// <summary>Few quiet tones without detail.</summary>
    public static PaintedSheet Minimal(PaintedSheet sheet, CancellationToken cancellationToken)
    {
        var flat = sheet.Flattened(Math.Max(3, sheet.Height / 45), cancellationToken).Flattened(Math.Max(3, sheet.Height / 60), cancellationToken);
        return flat.Map((_, _, color) => Vector3.Lerp(Vivid(Steps(color, 6, 0.85f), 0.78f), new(0.94f, 0.92f, 0.88f), 0.16f), cancellationToken);
    }

    /// <summary>Magenta and cyan light in the dark, brightest along edges.</summary>
    public static PaintedSheet Neon(PaintedSheet sheet, CancellationToken cancellationToken)
    {
        var lines = sheet.Outlines(Math.Max(1, sheet.Height / 500f), 8, cancellationToken);
        var halo = GaussianFilter.Blur(lines, sheet.Height / 110f, cancellationToken);
        return sheet.Map(
            (x, y, color) =>
            {
                var light = PaintedSheet.Luma(color);
                var warm = Math.Clamp(0.5f + ((color.X - color.Z) * 0.9f) + (((y / (float)sheet.Height) - 0.5f) * 0.4f), 0, 1);
                var hue = Vector3.Lerp(new(0.08f, 0.75f, 1), new(1, 0.12f, 0.62f), warm);
                var night = Vector3.Lerp(new(0.025f, 0.012f, 0.075f), hue, MathF.Pow(light, 1.7f) * 0.85f);
                night = Vector3.Lerp(night, color, 0.16f);
                return night + (hue * ((0.75f * lines[x, y]) + (0.55f * halo[x, y]))) + (new Vector3(1) * MathF.Pow(light, 7) * 0.6f);
            },
            cancellationToken);
    }

    /// <summary>Film that has faded: milky blacks, warm lights, grain, light at the edge.</summary>
    public static PaintedSheet Vintage(PaintedSheet sheet, SeededRandom random, CancellationToken cancellationToken)
    {
        var noise = new GradientNoise(random);
        return sheet.Map(
            (x, y, color) =>
            {
                var faded = Vivid(color, 0.72f);
                faded = (faded * new Vector3(0.84f, 0.79f, 0.68f)) + new Vector3(0.115f, 0.098f, 0.105f);
                float u = ((x / (float)sheet.Width) * 2) - 1, v = ((y / (float)sheet.Height) * 2) - 1;
                faded *= 1 - (0.2f * ((u * u) + (v * v)));
                faded += new Vector3(0.16f, 0.075f, 0.03f) * (MathF.Pow(Math.Clamp((u * 0.8f) + 0.25f, 0, 1), 3) * 0.7f);
                return faded + new Vector3(0.03f * noise.Fractal(x * 0.61f, y * 0.61f, 2));
            },
            cancellationToken);
    }

    /// <summary>The colour with its strength multiplied, as light as before.</summary>
    public static Vector3 Vivid(Vector3 color, float strength) => Vector3.Lerp(new(PaintedSheet.Luma(color)), color, strength);

    // Steps of light, softened at their borders by what is not taken.
    private static Vector3 Steps(Vector3 color, int steps, float share)
    {
        var light = Math.Max(0.004f, PaintedSheet.Luma(color));
        var position = light * steps;
        var whole = MathF.Floor(position);
        var stepped = (whole + Tone.Step(0.42f, 0.58f, position - whole)) / steps;
        return color * (Tone.Mix(light, Math.Max(stepped, 0.03f), share) / light);
    }

    private static void Facet(PaintedSheet sheet, PaintedSheet source, Vector2 a, Vector2 b, Vector2 c)
    {
        var middle = (a + b + c) / 3;
        var color = (source.At(middle.X, middle.Y) * 2) + source.At((middle.X + a.X) / 2, (middle.Y + a.Y) / 2) + source.At((middle.X + b.X) / 2, (middle.Y + b.Y) / 2) + source.At((middle.X + c.X) / 2, (middle.Y + c.Y) / 2);
        color = Vivid(color / 5, 1.12f) * (1 + (0.055f * MathF.Sin((middle.X * 12.9f) + (middle.Y * 7.3f))));
        var grown = new ShapePath().Polygon(Grow(a), Grow(b), Grow(c));
        if (ShapeRasterizer.Cover(grown, sheet.Width, sheet.Height) is not { } cover) return;
        for (var y = 0; y < cover.Height; y++)
        {
            for (var x = 0; x < cover.Width; x++)
            {
                var share = cover.Values[(y * cover.Width) + x];
                if (share <= 0) continue;
                var index = ((cover.Top + y) * sheet.Width) + cover.Left + x;
                sheet.Color[index] = Vector3.Lerp(sheet.Color[index], color, share);
            }
        }

        Vector2 Grow(Vector2 corner) => corner + (Vector2.Normalize(corner - middle + new Vector2(1e-4f)) * 0.6f);
    }
}
