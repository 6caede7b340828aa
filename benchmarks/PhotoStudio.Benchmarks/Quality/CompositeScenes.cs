using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>A picture composed by program and the alpha it was composed with.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Picture">The composite, RGB.</param>
/// <param name="Alpha">The subject's alpha, 0–1, row by row.</param>
/// <param name="Subject">The subject's own colours, RGB 0–1, three values a pixel.</param>
public sealed record CompositeScene(string Name, Picture Picture, float[] Alpha, float[] Subject);

/// <summary>
/// Composites with known alpha: textured subjects with soft outlines, holes and fur over photographs or over
/// backgrounds with the statistics of photographs. The same seed makes the same scene.
/// </summary>
public static class CompositeScenes
{
    private static readonly string[] Shapes = ["blob", "figure", "mug", "fur", "portrait"];
    private static readonly string[] Grounds = ["leaves", "landscape", "bokeh", "studio"];

    /// <summary>Makes one scene.</summary>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="seed">Chooses shape, textures, background and softness.</param>
    /// <param name="photo">A photograph for the background, at least the size; null for one made by program.</param>
    /// <param name="camouflage">How much of the background's look the subject takes on, 0–1.</param>
    public static CompositeScene Make(int size, int seed, Picture? photo = null, float camouflage = 0)
    {
        var random = new Random(seed);
        var shape = Shapes[seed % Shapes.Length];
        var ground = Grounds[seed / Shapes.Length % Grounds.Length];
        var alpha = shape switch
        {
            "blob" => Blob(size, random),
            "figure" => Figure(size, random),
            "mug" => Mug(size, random),
            "fur" => Fur(size, random),
            _ => Portrait(size, random),
        };
        var subject = SubjectTexture(size, random);
        var background = photo is null ? Background(size, ground, random) : FromPhoto(photo, size, random);
        var picture = new Picture(size, size, PixelFormat.Rgb);
        for (var i = 0; i < alpha.Length; i++)
        {
            var grain = (float)(random.NextDouble() - 0.5) * 0.02f;
            for (var c = 0; c < 3; c++)
            {
                var k = (i * 3) + c;
                subject[k] += camouflage * (background[k] - subject[k]);
                var value = (alpha[i] * subject[k]) + ((1 - alpha[i]) * background[k]) + grain;
                picture.Samples[k] = (byte)Math.Clamp((value * 255) + 0.5f, 0, 255);
            }
        }

        return new($"{shape} over {(photo is null ? ground : "photograph")} #{seed}", picture, alpha, subject);
    }

    private static float[] Blob(int size, Random random)
    {
        var waves = Enumerable.Range(2, 5).Select(k => (K: k, A: random.NextDouble() * 0.28 / k, P: random.NextDouble() * 6.28)).ToArray();
        double radius = 0.2 + (random.NextDouble() * 0.14), cx = 0.42 + (random.NextDouble() * 0.16), cy = 0.42 + (random.NextDouble() * 0.16);
        return Fill(size, 1 + (random.NextDouble() * 4), (x, y) =>
        {
            double dx = x - cx, dy = y - cy, angle = Math.Atan2(dy, dx);
            return Math.Sqrt((dx * dx) + (dy * dy)) - (radius * (1 + waves.Sum(w => w.A * Math.Cos((w.K * angle) + w.P))));
        });
    }

    // Arms akimbo: each arm and the body enclose a hole.
    private static float[] Figure(int size, Random random)
    {
        double lean = (random.NextDouble() - 0.5) * 0.06, wide = 0.16 + (random.NextDouble() * 0.06), cx = 0.45 + (random.NextDouble() * 0.1);
        return Fill(size, 1 + (random.NextDouble() * 2), (x, y) =>
        {
            x -= cx + (lean * (1 - y));
            var d = Math.Min(Capsule(x, y, 0, 0.19, 0, 0.2, 0.075), Capsule(x, y, 0, 0.38, 0, 0.55, 0.095));
            foreach (var side in (ReadOnlySpan<double>)[-1, 1])
            {
                d = Math.Min(d, Capsule(x, y, side * 0.07, 0.33, side * (wide + 0.06), 0.44, 0.03));
                d = Math.Min(d, Capsule(x, y, side * (wide + 0.06), 0.44, side * 0.08, 0.56, 0.028));
                d = Math.Min(d, Capsule(x, y, side * 0.05, 0.6, side * 0.09, 0.9, 0.042));
            }

            return d;
        });
    }

    private static float[] Mug(int size, Random random)
    {
        double half = 0.15 + (random.NextDouble() * 0.06), top = 0.28 + (random.NextDouble() * 0.06), side = random.Next(2) == 0 ? 1 : -1;
        double cx = 0.47 + (random.NextDouble() * 0.06);
        return Fill(size, 0.8 + random.NextDouble(), (x, y) =>
        {
            x -= cx;
            var body = Math.Max(Math.Abs(x) - half, Math.Abs(y - top - 0.22) - 0.22);
            double dx = (side * x) - half, dy = y - top - 0.2;
            var handle = Math.Abs(Math.Sqrt((dx * dx) + (dy * dy)) - 0.11) - 0.025;
            return Math.Min(body, handle);
        });
    }

    // A body whose outline is thousands of short strands.
    private static float[] Fur(int size, Random random)
    {
        var alpha = Blob(size, random);
        double cx = 0, cy = 0, mass = 0;
        for (var i = 0; i < alpha.Length; i++)
        {
            cx += alpha[i] * (i % size);
            cy += alpha[i] * (i / size);
            mass += alpha[i];
        }

        cx /= mass;
        cy /= mass;
        var edge = Enumerable.Range(0, alpha.Length).Where(i => alpha[i] is > 0.3f and < 0.7f).ToArray();
        var length = size * (0.02 + (random.NextDouble() * 0.03));
        for (var strand = 0; strand < 2600; strand++)
        {
            var start = edge[random.Next(edge.Length)];
            double x = start % size, y = start / size, angle = Math.Atan2(y - cy, x - cx) + ((random.NextDouble() - 0.5) * 1.2);
            double steps = length * (0.4 + random.NextDouble()), bend = (random.NextDouble() - 0.5) * 0.06;
            for (double t = 0; t < steps; t += 0.5, angle += bend)
            {
                x += Math.Cos(angle) * 0.5;
                y += Math.Sin(angle) * 0.5;
                Splat(alpha, size, x, y, (float)(0.5 * (1 - (t / steps))));
            }
        }

        return alpha;
    }

    // Head, hair and shoulders, cropped by the bottom of the frame.
    private static float[] Portrait(int size, Random random)
    {
        double cx = 0.44 + (random.NextDouble() * 0.12), shoulders = 0.24 + (random.NextDouble() * 0.08);
        return Fill(size, 1.2 + random.NextDouble(), (x, y) =>
        {
            x -= cx;
            var head = Capsule(x, y, 0, 0.28, 0, 0.38, 0.12);
            var neck = Capsule(x, y, 0, 0.45, 0, 0.6, 0.06);
            var chest = Capsule(x, y, 0.14 - shoulders, 0.78, shoulders - 0.14, 0.78, 0.17);
            if (y > 0.78) chest = Math.Abs(x) - shoulders - 0.03;
            return Math.Min(Math.Min(head, neck), chest);
        });
    }

    private static double Capsule(double x, double y, double ax, double ay, double bx, double by, double radius)
    {
        double dx = bx - ax, dy = by - ay;
        var t = Math.Clamp((((x - ax) * dx) + ((y - ay) * dy)) / Math.Max((dx * dx) + (dy * dy), 1e-9), 0, 1);
        double ex = x - ax - (t * dx), ey = y - ay - (t * dy);
        return Math.Sqrt((ex * ex) + (ey * ey)) - radius;
    }

    private static float[] Fill(int size, double softness, Func<double, double, double> distance)
    {
        var alpha = new float[size * size];
        for (int y = 0, i = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++, i++)
            {
                var t = Math.Clamp(0.5 - (distance((x + 0.5) / size, (y + 0.5) / size) * size / (2 * softness)), 0, 1);
                alpha[i] = (float)(t * t * (3 - (2 * t)));
            }
        }

        return alpha;
    }

    private static void Splat(float[] alpha, int size, double x, double y, float weight)
    {
        int x0 = (int)x, y0 = (int)y;
        if (x0 < 0 || y0 < 0 || x0 >= size - 1 || y0 >= size - 1) return;
        double fx = x - x0, fy = y - y0;
        Cover(x0, y0, (1 - fx) * (1 - fy));
        Cover(x0 + 1, y0, fx * (1 - fy));
        Cover(x0, y0 + 1, (1 - fx) * fy);
        Cover(x0 + 1, y0 + 1, fx * fy);

        void Cover(int px, int py, double share)
        {
            ref var a = ref alpha[(py * size) + px];
            a = 1 - ((1 - a) * (1 - (float)(share * weight)));
        }
    }

    // Two or three related colours in patches, stripes or spots, shaded from one side.
    private static float[] SubjectTexture(int size, Random random)
    {
        var colors = Enumerable.Range(0, 3).Select(_ => Color(random, random.NextDouble() * 0.15)).ToArray();
        var hue = Color(random, 0.5 + (random.NextDouble() * 0.4));
        var patches = Noise(size, size / 7.0, 3, random);
        var fine = Noise(size, size / 60.0, 2, random);
        double stripes = random.NextDouble() * 0.5, frequency = 14 + (random.NextDouble() * 24), light = random.NextDouble() * 6.28;
        var result = new float[size * size * 3];
        for (var i = 0; i < patches.Length; i++)
        {
            double u = i % size / (double)size, v = i / size / (double)size;
            var stripe = Math.Sin((u + (0.5 * v) + (patches[i] * 0.1)) * frequency * 6.28) > 0.3 ? stripes : 0;
            var mix = Math.Clamp(patches[i] + 0.5, 0, 1);
            var shade = 0.85 + (0.25 * (((u - 0.5) * Math.Cos(light)) + ((v - 0.5) * Math.Sin(light)))) + (fine[i] * 0.25);
            for (var c = 0; c < 3; c++)
            {
                var value = (hue[c] * 0.55) + (0.45 * ((colors[0][c] * mix) + (colors[1][c] * (1 - mix))));
                result[(i * 3) + c] = (float)Math.Clamp(((value * (1 - stripe)) + (colors[2][c] * stripe)) * shade, 0, 1);
            }
        }

        return result;
    }

    private static float[] Background(int size, string kind, Random random)
    {
        var result = new float[size * size * 3];
        double[] first = Color(random, 0.15 + (random.NextDouble() * 0.3)), second = Color(random, 0.15 + (random.NextDouble() * 0.3));
        var noise = Noise(size, size / 4.0, 5, random);
        var horizon = 0.35 + (random.NextDouble() * 0.3);
        for (var i = 0; i < noise.Length; i++)
        {
            double u = i % size / (double)size, v = i / size / (double)size;
            var t = kind == "landscape" ? Math.Clamp(((v - horizon + (noise[i] * 0.05)) * 40) + 0.5, 0, 1) : Math.Clamp((0.3 * u) + (0.7 * v), 0, 1);
            var rough = kind switch { "studio" => 0.04, "landscape" => 0.1 + (0.2 * t), _ => 0.15 };
            for (var c = 0; c < 3; c++)
                result[(i * 3) + c] = (float)Math.Clamp((first[c] * (1 - t)) + (second[c] * t) + (noise[i] * rough), 0, 1);
        }

        if (kind == "leaves") DeadLeaves(result, size, random, [first, second, Color(random, 0.3)]);
        if (kind == "bokeh") Bokeh(result, size, random, [first, second]);
        return result;
    }

    // Occluding discs with radii drawn from 1/r³, slightly out of focus (Lee, Mumford, Huang, IJCV 2001).
    private static void DeadLeaves(float[] image, int size, Random random, double[][] palette)
    {
        for (var n = 0; n < 1500; n++)
        {
            var radius = Math.Min(size / 8.0, 0.012 * size / Math.Sqrt(Math.Max(1e-3, random.NextDouble())));
            double cx = random.NextDouble() * size, cy = random.NextDouble() * size, shade = 0.6 + (random.NextDouble() * 0.6);
            var color = palette[random.Next(palette.Length)];
            Disc(image, size, cx, cy, radius, 2, 1, c => (float)(color[c] * shade));
        }
    }

    private static void Bokeh(float[] image, int size, Random random, double[][] palette)
    {
        for (var n = 0; n < 60; n++)
        {
            var color = palette[random.Next(palette.Length)];
            var lift = 0.15 + (random.NextDouble() * 0.4);
            Disc(image, size, random.NextDouble() * size, random.NextDouble() * size, size * (0.02 + (random.NextDouble() * 0.05)), size / 90.0,
                0.25f + ((float)random.NextDouble() * 0.4f), c => (float)Math.Min(1, color[c] + lift));
        }
    }

    private static void Disc(float[] image, int size, double cx, double cy, double radius, double soft, float opacity, Func<int, float> color)
    {
        for (var y = Math.Max(0, (int)(cy - radius - soft)); y < Math.Min(size, cy + radius + soft); y++)
        {
            for (var x = Math.Max(0, (int)(cx - radius - soft)); x < Math.Min(size, cx + radius + soft); x++)
            {
                var d = Math.Sqrt(((x - cx) * (x - cx)) + ((y - cy) * (y - cy))) - radius;
                var a = (float)Math.Clamp(0.5 - (d / soft), 0, 1) * opacity;
                if (a <= 0) continue;
                for (var c = 0; c < 3; c++)
                {
                    ref var value = ref image[(((y * size) + x) * 3) + c];
                    value += a * (color(c) - value);
                }
            }
        }
    }

    private static float[] FromPhoto(Picture photo, int size, Random random)
    {
        var rgb = photo.As(PixelFormat.Rgb);
        int left = random.Next(Math.Max(1, rgb.Width - size + 1)), top = random.Next(Math.Max(1, rgb.Height - size + 1));
        var result = new float[size * size * 3];
        for (var y = 0; y < size; y++)
        {
            var row = rgb.Row(Math.Min(rgb.Height - 1, top + y));
            for (var x = 0; x < size; x++)
                for (var c = 0; c < 3; c++) result[(((y * size) + x) * 3) + c] = row[(Math.Min(rgb.Width - 1, left + x) * 3) + c] / 255f;
        }

        Defocus(result, size);
        return result;
    }

    // A photograph behind a subject in focus is out of focus, and its own subject with it.
    private static void Defocus(float[] image, int size)
    {
        for (var c = 0; c < 3; c++)
        {
            var plane = new Plane(size, size);
            for (var i = 0; i < plane.Data.Length; i++) plane.Data[i] = image[(i * 3) + c];
            var blurred = GaussianFilter.Blur(plane, size / 40f);
            for (var i = 0; i < plane.Data.Length; i++) image[(i * 3) + c] = blurred.Data[i];
        }
    }

    private static double[] Color(Random random, double saturation)
    {
        double hue = random.NextDouble() * 6, value = 0.3 + (random.NextDouble() * 0.6);
        return [Channel(5), Channel(3), Channel(1)];

        double Channel(int n)
        {
            var k = (n + hue) % 6;
            return value * (1 - (saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1)));
        }
    }

    // Value noise in octaves, about −0.5 to 0.5.
    private static float[] Noise(int size, double scale, int octaves, Random random)
    {
        var result = new float[size * size];
        var amplitude = 0.5f;
        for (var octave = 0; octave < octaves && scale >= 1; octave++, scale /= 2, amplitude /= 2)
        {
            var cells = (int)(size / scale) + 2;
            var lattice = Enumerable.Range(0, cells * cells).Select(_ => (float)random.NextDouble() - 0.5f).ToArray();
            for (var y = 0; y < size; y++)
            {
                double v = y / scale;
                var iy = (int)v;
                var fy = Smooth(v - iy);
                for (var x = 0; x < size; x++)
                {
                    double u = x / scale;
                    var ix = (int)u;
                    var fx = Smooth(u - ix);
                    float top = lattice[(iy * cells) + ix] + (fx * (lattice[(iy * cells) + ix + 1] - lattice[(iy * cells) + ix]));
                    float bottom = lattice[((iy + 1) * cells) + ix] + (fx * (lattice[((iy + 1) * cells) + ix + 1] - lattice[((iy + 1) * cells) + ix]));
                    result[(y * size) + x] += amplitude * (top + (fy * (bottom - top)));
                }
            }
        }

        return result;

        static float Smooth(double t) => (float)(t * t * (3 - (2 * t)));
    }
}
