using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// A small view made by program, with what styles can show themselves on: a sky with clouds and a sun, a mountain range, a lake that
/// mirrors it, a meadow with flowers, and a house with a tree in front.
/// </summary>
public static class StyleScene
{
    /// <summary>Paints it, in RGB.</summary>
    public static Picture Paint(int width, int height, int seed = 1)
    {
        var noise = new GradientNoise(new SeededRandom(seed));
        var picture = new Picture(width, height, PixelFormat.Rgb);
        Parallel.For(0, height, y =>
        {
            var row = picture.Row(y);
            for (var x = 0; x < width; x++)
            {
                var (r, g, b) = Color(noise, (x + 0.5f) / width * 1.5f, (y + 0.5f) / height);
                (row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]) = (Byte(r), Byte(g), Byte(b));
            }
        });
        return picture;
    }

    // u is 0–1.5 from left to right, v 0–1 from top to bottom.
    private static (float R, float G, float B) Color(GradientNoise noise, float u, float v)
    {
        if (Tree(noise, u, v) is { } tree) return tree;
        if (House(noise, u, v) is { } house) return house;
        var shore = 0.66f + (0.02f * noise.At(u * 4, 3)) + (0.05f * (u - 0.7f));
        if (v > shore) return Meadow(noise, u, v, shore);

        const float Horizon = 0.54f;
        if (v < Horizon) return Land(noise, u, v);
        var ripple = 0.012f * noise.At(u * 12, v * 160);
        var (r, g, b) = Land(noise, u + ripple, (2 * Horizon) - v + (2 * ripple));
        var glint = Math.Max(0, noise.At(u * 26, v * 210) - 0.45f) * 0.35f;
        return ((r * 0.72f) + glint, (g * 0.78f) + 0.02f + glint, (b * 0.86f) + 0.05f + glint);
    }

    private static (float R, float G, float B) Land(GradientNoise noise, float u, float v)
    {
        var far = 0.34f - (0.13f * noise.Ridged(u * 1.3f, 0.4f, 4)) + (0.03f * noise.At(u * 9, 1));
        var near = 0.5f - (0.07f * noise.Fractal((u * 2.2f) + 9, 7, 4));
        if (v > near) return Shade((0.16f, 0.3f, 0.2f), noise.Fractal(u * 20, v * 34, 3), 0.3f);
        if (v > far)
        {
            var slope = noise.Fractal((u * 12) + (v * 7), v * 16, 4);
            var snow = v < far + 0.06f + (0.06f * slope);
            return snow ? Shade((0.92f, 0.94f, 0.98f), slope, 0.22f) : Shade((0.45f, 0.44f, 0.52f), slope, 0.5f);
        }

        float du = u - 1.08f, dv = v - 0.16f, sun = MathF.Sqrt((du * du) + (dv * dv));
        var t = v / 0.5f;
        (float R, float G, float B) sky = (0.28f + (0.55f * t), 0.5f + (0.32f * t), 0.86f - (0.02f * t));
        var cloud = Math.Clamp((noise.Fractal(u * 3.2f, v * 7, 5) * 2.2f) + 0.1f, 0, 1) * 0.8f;
        sky = (sky.R + (cloud * (0.98f - sky.R)), sky.G + (cloud * (0.95f - sky.G)), sky.B + (cloud * (0.93f - sky.B)));
        var glow = MathF.Exp(-sun * 9) * 0.5f;
        if (sun < 0.06f) return (1, 0.95f, 0.72f);
        return (sky.R + glow, sky.G + (glow * 0.8f), sky.B + (glow * 0.3f));
    }

    private static (float R, float G, float B) Meadow(GradientNoise noise, float u, float v, float shore)
    {
        var depth = (v - shore) / (1 - shore);
        var scale = 60 / (0.35f + depth);
        var flower = noise.Cell((int)(u * scale * 1.4f), (int)(v * scale * 1.4f));
        if (flower > 0.94f) return flower > 0.975f ? (0.9f, 0.22f, 0.2f) : flower > 0.955f ? (0.97f, 0.86f, 0.25f) : (0.9f, 0.85f, 0.95f);
        return Shade((0.36f, 0.5f, 0.18f), noise.Fractal(u * 50, v * 22, 3), 0.45f);
    }

    private static (float R, float G, float B)? House(GradientNoise noise, float u, float v)
    {
        const float Left = 0.28f, Right = 0.55f, Top = 0.56f, Foot = 0.78f;
        var ridge = 0.44f + (0.62f * Math.Abs(u - ((Left + Right) / 2)));
        if (v > ridge && v < Top + 0.015f && u > Left - 0.03f && u < Right + 0.03f)
            return Shade((0.62f, 0.22f, 0.16f), noise.At(u * 30, v * 90), 0.3f);
        if (u < Left || u > Right || v < Top || v > Foot) return null;
        if (u is > 0.39f and < 0.44f && v > 0.66f) return (0.3f, 0.18f, 0.12f);
        if (u is (> 0.31f and < 0.36f) or (> 0.47f and < 0.52f) && v is > 0.62f and < 0.68f) return (0.2f, 0.28f, 0.4f);
        return Shade((0.92f, 0.86f, 0.74f), noise.Fractal(u * 40, v * 40, 2), 0.12f);
    }

    private static (float R, float G, float B)? Tree(GradientNoise noise, float u, float v)
    {
        float du = u - 1.22f, dv = v - 0.5f;
        var crown = MathF.Sqrt((du * du) + (dv * dv * 0.8f)) + (0.05f * noise.Fractal(u * 16, v * 16, 3));
        if (crown < 0.2f) return Shade((0.2f, 0.36f, 0.14f), noise.Fractal((u * 44) + 3, v * 44, 3) - (2.4f * (du + dv)), 0.45f);
        var trunk = 0.022f + (0.02f * Math.Max(0, v - 0.78f)) + (0.006f * noise.At(v * 14, 2));
        return v is > 0.6f and < 0.88f && Math.Abs(du) < trunk ? Shade((0.36f, 0.25f, 0.18f), noise.At(u * 90, v * 20), 0.5f) : null;
    }

    private static (float R, float G, float B) Shade((float R, float G, float B) color, float light, float amount)
    {
        var factor = 1 + (amount * light);
        return (color.R * factor, color.G * factor, color.B * factor);
    }

    private static byte Byte(float value) => (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5f);
}
