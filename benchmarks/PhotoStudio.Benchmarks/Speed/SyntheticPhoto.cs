using PhotoStudio.Imaging;

namespace PhotoStudio.Benchmarks.Speed;

/// <summary>
/// Stands in for a photograph of any size: overlapping discs whose radii follow a power law ("dead leaves", the model of
/// A. Lee, D. Mumford, J. Huang, "Occlusion Models for Natural Images", IJCV 2001), each with texture and shading of its
/// own, under uneven light and with sensor noise. It compresses like a photograph. The same seed gives the same samples.
/// </summary>
public static class SyntheticPhoto
{
    private const int Discs = 10_000;
    private const int RowsPerTask = 32;
    private const float NoiseLevels = 4f;

    /// <summary>Paints one, in RGB.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="seed">Chooses the picture.</param>
    public static Picture Paint(int width, int height, int seed)
    {
        var picture = new Picture(width, height, PixelFormat.Rgb);
        var discs = Scatter(width, height, seed);
        Parallel.For(0, (height + RowsPerTask - 1) / RowsPerTask, task =>
        {
            var colors = new float[width * 3];
            for (var y = task * RowsPerTask; y < Math.Min(height, (task + 1) * RowsPerTask); y++)
            {
                Array.Fill(colors, 0.5f);
                foreach (var disc in discs) Draw(disc, y, colors);
                Develop(colors, picture.Row(y), y / (float)height, (uint)(seed + (y * 7919)));
            }
        });
        return picture;
    }

    private static Disc[] Scatter(int width, int height, int seed)
    {
        var random = new Random(seed);
        var longest = Math.Max(width, height);
        return [.. Enumerable.Range(0, Discs).Select(_ =>
        {
            // Radii from 0.4 % to 20 % of the longest side with density r⁻³.
            const float Smallest = 0.004f, Largest = 0.2f;
            var share = random.NextSingle();
            var radius = longest * Smallest / MathF.Sqrt(1 - (share * (1 - (Smallest * Smallest / (Largest * Largest)))));
            return new Disc(
                random.NextSingle() * width,
                random.NextSingle() * height,
                radius,
                0.1f + (0.8f * random.NextSingle()),
                0.1f + (0.8f * random.NextSingle()),
                0.1f + (0.8f * random.NextSingle()),
                0.25f * random.NextSingle(),
                2 + (30 * random.NextSingle()),
                random.NextSingle() * MathF.Tau);
        })];
    }

    private static void Draw(Disc disc, int y, float[] colors)
    {
        var dy = y - disc.Y;
        var reach = (disc.Radius * disc.Radius) - (dy * dy);
        if (reach <= 0) return;

        var width = colors.Length / 3;
        var half = MathF.Sqrt(reach);
        int from = Math.Max(0, (int)MathF.Ceiling(disc.X - half)), to = Math.Min(width - 1, (int)MathF.Floor(disc.X + half));
        var (along, across) = MathF.SinCos(disc.Angle);
        for (var x = from; x <= to; x++)
        {
            var dx = x - disc.X;
            float u = ((dx * along) + (dy * across)) / disc.Period, v = ((dx * across) - (dy * along)) / disc.Period;
            var wave = MathF.Sin(u * MathF.Tau) * MathF.Sin(v / 1.7f * MathF.Tau);
            var shade = 1 + (disc.Texture * wave) + (0.25f * (dx - dy) / disc.Radius);

            // The last half pixel of the edge is blended.
            var cover = Math.Clamp(disc.Radius - MathF.Sqrt((dx * dx) + (dy * dy)) + 0.5f, 0, 1);
            var at = x * 3;
            colors[at] += cover * ((disc.Red * shade) - colors[at]);
            colors[at + 1] += cover * ((disc.Green * shade) - colors[at + 1]);
            colors[at + 2] += cover * ((disc.Blue * shade) - colors[at + 2]);
        }
    }

    /// <summary>Uneven light and noise, then 8 bits.</summary>
    private static void Develop(float[] colors, Span<byte> row, float down, uint state)
    {
        state |= 1;
        for (var i = 0; i < row.Length; i++)
        {
            var light = 1.1f - (0.3f * down) - (0.2f * i / row.Length);

            // The sum of four uniform numbers is nearly normal; xorshift, G. Marsaglia 2003.
            float noise = 0;
            for (var k = 0; k < 4; k++)
            {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                noise += (state >> 8) / (float)(1 << 24);
            }

            row[i] = (byte)Math.Clamp((colors[i] * light * 255) + ((noise - 2) * 1.73f * NoiseLevels) + 0.5f, 0, 255);
        }
    }

    private sealed record Disc(
        float X, float Y, float Radius, float Red, float Green, float Blue, float Texture, float Period, float Angle);
}
