using System.Collections.Concurrent;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Tests.Support;

/// <summary>
/// Pictures made by program: the same arguments give the same samples on every machine. Sizes are pixels, at least 1.
/// </summary>
public static class TestPictures
{
    /// <summary>Photographs take a while to paint and many tests use the same ones.</summary>
    private static readonly ConcurrentDictionary<(int Width, int Height, int Seed), Picture> Photos = new();

    /// <summary>One colour everywhere, opaque.</summary>
    public static Picture Solid(int width, int height, Rgb color, PixelFormat format = PixelFormat.Rgb)
        => Paint(width, height, format, (_, _) => new Sample(color.Red / 255f, color.Green / 255f, color.Blue / 255f));

    /// <summary>Red grows to the right, green downwards, blue along the diagonal; alpha, if any, shrinks to the right.</summary>
    public static Picture Gradient(int width, int height, PixelFormat format = PixelFormat.Rgb)
        => Paint(width, height, format, (x, y) =>
        {
            float u = x / (float)Math.Max(1, width - 1), v = y / (float)Math.Max(1, height - 1);
            return new Sample(u, v, (u + v) / 2, 1 - (0.75f * u));
        });

    /// <summary>Four quarters: red and green above, blue and yellow below. Tells every turn and mirroring from every other.</summary>
    public static Picture Quarters(int width, int height)
        => Paint(width, height, PixelFormat.Rgb, (x, y) => (x * 2 < width, y * 2 < height) switch
        {
            (true, true) => new Sample(0.9f, 0.1f, 0.1f),
            (false, true) => new Sample(0.1f, 0.8f, 0.1f),
            (true, false) => new Sample(0.1f, 0.1f, 0.9f),
            _ => new Sample(0.9f, 0.9f, 0.1f),
        });

    /// <summary>Squares of black and white with sides of <paramref name="square"/> pixels.</summary>
    public static Picture Checkerboard(int width, int height, int square, PixelFormat format = PixelFormat.Rgb)
        => Paint(width, height, format, (x, y) => ((x / square) + (y / square)) % 2 == 0 ? new Sample(0, 0, 0) : new Sample(1, 1, 1));

    /// <summary>Independent uniform noise in every sample: the hardest picture there is for a codec.</summary>
    public static Picture Static(int width, int height, int seed, PixelFormat format = PixelFormat.Rgb)
    {
        var picture = new Picture(width, height, format);
        new Random(seed).NextBytes(picture.Samples);
        return picture;
    }

    /// <summary>Coloured noise over several octaves with the falling spectrum of natural textures such as bark, cloth and clouds.</summary>
    public static Picture Texture(int width, int height, int seed, PixelFormat format = PixelFormat.Rgb)
        => Paint(width, height, format, (x, y) =>
        {
            var luma = FractalNoise(x, y, seed);
            var warmth = FractalNoise(x, y, seed + 101) - 0.5f;
            return new Sample(luma + (0.4f * warmth), luma, luma - (0.4f * warmth), FractalNoise(x, y, seed + 202));
        });

    /// <summary>
    /// Stands in for a photograph: textured discs of all sizes that hide one another ("dead leaves", Lee, Mumford and Huang 2001) in
    /// natural colours under uneven light, so that it has edges, flat parts and texture at every scale.
    /// </summary>
    public static Picture Photo(int width, int height, int seed)
    {
        var photo = Photos.GetOrAdd((width, height, seed), static key => PaintPhoto(key.Width, key.Height, key.Seed));
        return new Picture(width, height, photo.Format, [.. photo.Samples]);
    }

    /// <summary>Three overlapping discs with edges that fade over a tenth of their radius, on nothing. RGBA, not premultiplied.</summary>
    public static Picture SoftShapes(int width, int height)
    {
        var side = Math.Min(width, height);
        (float X, float Y, float Radius, Sample Color)[] discs =
        [
            (0.35f * width, 0.40f * height, 0.28f * side, new Sample(0.9f, 0.2f, 0.15f)),
            (0.65f * width, 0.40f * height, 0.28f * side, new Sample(0.15f, 0.75f, 0.25f)),
            (0.50f * width, 0.66f * height, 0.28f * side, new Sample(0.2f, 0.3f, 0.95f)),
        ];
        return Paint(width, height, PixelFormat.Rgba, (x, y) =>
        {
            var result = new Sample(0, 0, 0, 0);
            foreach (var disc in discs)
            {
                var distance = MathF.Sqrt(((x - disc.X) * (x - disc.X)) + ((y - disc.Y) * (y - disc.Y)));
                var alpha = Math.Clamp((disc.Radius - distance) / Math.Max(1, disc.Radius / 10), 0, 1);
                result = disc.Color.Over(result, alpha);
            }

            return result;
        });
    }

    /// <summary>A square of a few flat colours that walks to the right; frames last 40 ms, 50 ms and so on.</summary>
    public static Animation Moving(int width, int height, int frames, int loops)
    {
        var side = Math.Max(1, Math.Min(width, height) / 3);
        var pictures = Enumerable.Range(0, frames).Select(frame => Paint(width, height, PixelFormat.Rgb, (x, y) =>
        {
            var left = frame * (width - side) / Math.Max(1, frames - 1);
            return x >= left && x < left + side && y >= side && y < 2 * side ? new Sample(1, 0.2f, 0) : new Sample(0, 0.4f, 0.6f);
        }));
        return new Animation([.. pictures], [.. Enumerable.Range(0, frames).Select(frame => 40 + (10 * frame))], loops);
    }

    /// <summary>Paints pixel by pixel; the function gets x and y and answers samples of 0–1, which are clamped.</summary>
    public static Picture Paint(int width, int height, PixelFormat format, Func<int, int, Sample> color)
    {
        var picture = new Picture(width, height, format);
        Parallel.For(0, height, y =>
        {
            var row = picture.Row(y);
            for (int x = 0, at = 0; x < width; x++, at += picture.Channels)
            {
                var sample = color(x, y);
                if (picture.Channels <= 2)
                {
                    row[at] = Byte((0.299f * sample.Red) + (0.587f * sample.Green) + (0.114f * sample.Blue));
                }
                else
                {
                    row[at] = Byte(sample.Red);
                    row[at + 1] = Byte(sample.Green);
                    row[at + 2] = Byte(sample.Blue);
                }

                if (picture.HasAlpha) row[at + picture.Channels - 1] = Byte(sample.Alpha);
            }
        });
        return picture;
    }

    private static Picture PaintPhoto(int width, int height, int seed)
    {
        var random = new Random(seed);
        var longest = Math.Max(width, height);
        var leaves = Enumerable.Range(0, 900).Select(_ =>
        {
            // Radii from 1.5 % to 30 % of the longer side; their number falls with the cube, which looks the same at every scale.
            float small = 1 / (0.015f * 0.015f), large = 1 / (0.3f * 0.3f);
            var radius = longest / MathF.Sqrt(large + ((small - large) * random.NextSingle()));
            var luma = 0.15f + (0.7f * random.NextSingle());
            var warmth = 0.3f * (random.NextSingle() - 0.4f);
            var green = 0.16f * (random.NextSingle() - 0.5f);
            return new Leaf(
                random.NextSingle() * width,
                random.NextSingle() * height,
                radius,
                new Sample(luma + warmth, luma + green, luma - warmth),
                0.5f * random.NextSingle(),
                random.Next());
        }).ToArray();

        return Paint(width, height, PixelFormat.Rgb, (x, y) =>
        {
            float red = 0, green = 0, blue = 0, open = 1;
            foreach (var leaf in leaves)
            {
                float dx = x - leaf.X, dy = y - leaf.Y, squared = (dx * dx) + (dy * dy);
                if (squared >= (leaf.Radius + 1) * (leaf.Radius + 1)) continue;

                var cover = open * Math.Clamp(leaf.Radius - MathF.Sqrt(squared) + 0.5f, 0, 1);
                var shade = cover * (1 + (leaf.Texture * (FractalNoise(x, y, leaf.Seed) - 0.5f)) - (0.2f * dy / leaf.Radius));
                red += leaf.Color.Red * shade;
                green += leaf.Color.Green * shade;
                blue += leaf.Color.Blue * shade;
                open -= cover;
                if (open < 0.005f) break;
            }

            var ground = open * FractalNoise(x, y, seed);
            var light = 0.8f + (0.35f * (1 - (y / (float)height))) - (0.2f * (x / (float)width));
            return new Sample((red + ground) * light, (green + ground) * light, (blue + ground) * light);
        });
    }

    private static byte Byte(float value) => (byte)MathF.Round(Math.Clamp(value, 0, 1) * 255);

    private static float FractalNoise(int x, int y, int seed)
    {
        float sum = 0, weight = 0, amplitude = 1;
        for (var octave = 64f; octave >= 2; octave /= 2, amplitude *= 0.6f)
        {
            sum += amplitude * ValueNoise(x / octave, y / octave, seed + (int)octave);
            weight += amplitude;
        }

        return sum / weight;
    }

    /// <summary>Random values on the whole-numbered grid, 0–1, blended smoothly in between.</summary>
    private static float ValueNoise(float x, float y, int seed)
    {
        int left = (int)MathF.Floor(x), top = (int)MathF.Floor(y);
        float u = x - left, v = y - top;
        u = u * u * (3 - (2 * u));
        v = v * v * (3 - (2 * v));
        var above = Lattice(left, top, seed) + (u * (Lattice(left + 1, top, seed) - Lattice(left, top, seed)));
        var below = Lattice(left, top + 1, seed) + (u * (Lattice(left + 1, top + 1, seed) - Lattice(left, top + 1, seed)));
        return above + (v * (below - above));
    }

    private static float Lattice(int x, int y, int seed)
    {
        var hash = ((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u) ^ ((uint)seed * 0xC2B2AE3Du);
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
        hash = (hash ^ (hash >> 12)) * 0x297A2D39u;
        return (hash ^ (hash >> 15)) / (float)uint.MaxValue;
    }

    private sealed record Leaf(float X, float Y, float Radius, Sample Color, float Texture, int Seed);

    /// <summary>A pixel's samples, 0–1, not premultiplied.</summary>
    public readonly record struct Sample(float Red, float Green, float Blue, float Alpha = 1)
    {
        /// <summary>This colour blended towards another; alpha is this one's.</summary>
        public Sample Mix(Sample other, float weight) => this with
        {
            Red = Red + ((other.Red - Red) * weight),
            Green = Green + ((other.Green - Green) * weight),
            Blue = Blue + ((other.Blue - Blue) * weight),
        };

        /// <summary>This colour with an opacity composited over a backdrop (Porter-Duff "over").</summary>
        public Sample Over(Sample backdrop, float opacity)
        {
            var alpha = opacity + (backdrop.Alpha * (1 - opacity));
            return alpha <= 0 ? default : Mix(backdrop, backdrop.Alpha * (1 - opacity) / alpha) with { Alpha = alpha };
        }
    }
}
