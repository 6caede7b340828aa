using PhotoStudio.Imaging;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>Textures made by program, random and periodic, to take holes out of: what belongs there is known.</summary>
public static class TexturePictures
{
    /// <summary>Textures without a period.</summary>
    public static IReadOnlyList<(string Name, Func<int, int, int, Picture> Paint)> Random { get; } =
    [
        ("grass", Grass), ("gravel", Gravel), ("bark", Bark),
    ];

    /// <summary>Periodic patterns, each with a little of its own irregularity.</summary>
    public static IReadOnlyList<(string Name, Func<int, int, int, Picture> Paint)> Periodic { get; } =
    [
        ("bricks", Bricks), ("weave", Weave), ("dots", Dots), ("stripes", Stripes), ("tiles", Tiles), ("checks", Checks),
    ];

    private static Picture Grass(int width, int height, int seed)
    {
        var picture = Solid(width, height, 46, 78, 30);
        var random = new System.Random(seed);
        for (var blade = 0; blade < width * height / 30; blade++)
        {
            float x = random.NextSingle() * width, y = random.NextSingle() * height, lean = (random.NextSingle() - 0.5f) * 0.8f;
            var light = 0.5f + random.NextSingle();
            int length = 8 + random.Next(16), yellow = random.Next(40);
            for (var step = 0; step < length; step++)
            {
                Blend(picture, (int)x, (int)y, light * (60 + yellow), light * (105 + (yellow / 2)), light * 38, 0.7f);
                (x, y) = (x + lean, y - 1);
            }
        }

        return picture;
    }

    private static Picture Gravel(int width, int height, int seed)
    {
        var random = new System.Random(seed);
        const int Cell = 14;
        int columns = (width / Cell) + 3, rows = (height / Cell) + 3;
        var stones = Enumerable.Range(0, columns * rows)
            .Select(_ => (X: random.NextSingle(), Y: random.NextSingle(), Light: 90 + (random.NextSingle() * 110), Warm: (random.NextSingle() - 0.4f) * 30))
            .ToArray();
        return Paint(width, height, (x, y) =>
        {
            float nearest = float.MaxValue, second = float.MaxValue;
            var stone = stones[0];
            for (var row = (y / Cell) - 1; row <= (y / Cell) + 1; row++)
            {
                for (var column = (x / Cell) - 1; column <= (x / Cell) + 1; column++)
                {
                    var candidate = stones[((row + 1) * columns) + column + 1];
                    float dx = ((column + candidate.X) * Cell) - x, dy = ((row + candidate.Y) * Cell) - y, distance = (dx * dx) + (dy * dy);
                    if (distance < nearest) (second, nearest, stone) = (nearest, distance, candidate);
                    else if (distance < second) second = distance;
                }
            }

            var gap = Math.Clamp((MathF.Sqrt(second) - MathF.Sqrt(nearest)) / 3, 0, 1);
            var light = gap * (stone.Light + (8 * Noise(x, y, seed, 2)));
            return (light + (gap * stone.Warm), light, light - (gap * stone.Warm));
        });
    }

    private static Picture Bark(int width, int height, int seed) => Paint(width, height, (x, y) =>
    {
        var bend = 12 * Noise(x / 3, y / 5, seed + 5, 16);
        var ridge = MathF.Abs(Noise((int)(x + bend), y / 5, seed, 7)) + (0.4f * Noise(x, y / 3, seed + 9, 3));
        var light = 60 + (110 * ridge);
        return (light * 1.1f, light * 0.85f, light * 0.62f);
    });

    /// <summary>Soft clouds: hardly any texture, and what a hole hides of them is anyone's guess.</summary>
    public static Picture Clouds(int width, int height, int seed) => Paint(width, height, (x, y) =>
    {
        var cloud = 0.5f + (0.5f * Noise(x, y, seed, 64)) + (0.25f * Noise(x, y, seed + 1, 32)) + (0.12f * Noise(x, y, seed + 2, 12)) + (0.06f * Noise(x, y, seed + 3, 5));
        return (110 + (110 * cloud), 150 + (80 * cloud), 205 + (35 * cloud));
    });

    private static Picture Bricks(int width, int height, int seed) => Paint(width, height, (x, y) =>
    {
        const int Wide = 48, High = 24;
        int row = y / High, shifted = x + (row % 2 * (Wide / 2)), column = shifted / Wide;
        var mortar = y % High < 3 || shifted % Wide < 3;
        var grain = 6 * Noise(x, y, seed, 2);
        var tone = 14 * Noise((column * 37) + (row * 61), row * 17, seed + 3, 1);
        return mortar ? (196 + grain, 190 + grain, 180 + grain) : (158 + tone + grain, 74 + (tone / 2) + grain, 58 + grain);
    });

    private static Picture Weave(int width, int height, int seed) => Paint(width, height, (x, y) =>
    {
        const int Thread = 11;
        var over = ((x / Thread) + (y / Thread)) % 2 == 0;
        var across = ((over ? y : x) % Thread / (float)Thread) - 0.5f;
        var light = (over ? 175 : 135) * (1 - (1.6f * across * across)) + (7 * Noise(x, y, seed, 2));
        return (light * 0.95f, light * 0.9f, light * 0.72f);
    });

    private static Picture Dots(int width, int height, int seed) => Paint(width, height, (x, y) =>
    {
        const float Period = 26.5f;
        float dx = x - (Period * MathF.Round(x / Period)), dy = y - (Period * MathF.Round(y / Period));
        var dot = Math.Clamp(9 - MathF.Sqrt((dx * dx) + (dy * dy)) + 0.5f, 0, 1);
        var grain = 4 * Noise(x, y, seed, 2);
        return (232 - (dot * 190) + grain, 228 - (dot * 120) + grain, 215 - (dot * 40) + grain);
    });

    private static Picture Stripes(int width, int height, int seed) => Paint(width, height, (x, y) =>
    {
        var wave = MathF.Sin(((0.91f * x) + (0.41f * y)) * MathF.Tau / 19.3f);
        var light = 128 + (85 * wave) + (5 * Noise(x, y, seed, 2));
        return (light, light * 0.8f, 90 + (light * 0.3f));
    });

    private static Picture Tiles(int width, int height, int seed) => Paint(width, height, (x, y) =>
    {
        const int Side = 56;
        float u = ((x % Side) / (float)Side) - 0.5f, v = ((y % Side) / (float)Side) - 0.5f;
        var joint = x % Side < 3 || y % Side < 3;
        var ornament = MathF.Sin(10 * MathF.Sqrt((u * u) + (v * v)) * MathF.PI) * MathF.Cos(4 * MathF.Atan2(v, u));
        var grain = 4 * Noise(x, y, seed, 2);
        return joint ? (120 + grain, 118 + grain, 112 + grain) : (190 + (45 * ornament) + grain, 195 + (20 * ornament) + grain, 200 - (60 * ornament) + grain);
    });

    private static Picture Checks(int width, int height, int seed) => Paint(width, height, (x, y) =>
    {
        var light = (((x / 18) + (y / 18)) % 2 == 0 ? 205 : 70) + (5 * Noise(x, y, seed, 2));
        return (light, light, light * 0.92f);
    });

    private static Picture Solid(int width, int height, float red, float green, float blue) => Paint(width, height, (_, _) => (red, green, blue));

    private static Picture Paint(int width, int height, Func<int, int, (float Red, float Green, float Blue)> color)
    {
        var picture = new Picture(width, height, PixelFormat.Rgb);
        Parallel.For(0, height, y =>
        {
            var row = picture.Row(y);
            for (var x = 0; x < width; x++)
            {
                var (red, green, blue) = color(x, y);
                (row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]) = (Level(red), Level(green), Level(blue));
            }
        });
        return picture;
    }

    private static void Blend(Picture picture, int x, int y, float red, float green, float blue, float cover)
    {
        if (x < 0 || y < 0 || x >= picture.Width || y >= picture.Height) return;
        var pixel = picture.Row(y).Slice(x * 3, 3);
        pixel[0] = Level(pixel[0] + (cover * (red - pixel[0])));
        pixel[1] = Level(pixel[1] + (cover * (green - pixel[1])));
        pixel[2] = Level(pixel[2] + (cover * (blue - pixel[2])));
    }

    private static byte Level(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);

    // Value noise, -1 to 1, with features of about the given size in pixels.
    private static float Noise(int x, int y, int seed, int size)
    {
        float u = x / (float)size, v = y / (float)size;
        int left = (int)MathF.Floor(u), top = (int)MathF.Floor(v);
        (u, v) = (u - left, v - top);
        (u, v) = (u * u * (3 - (2 * u)), v * v * (3 - (2 * v)));
        var above = Lattice(left, top, seed) + (u * (Lattice(left + 1, top, seed) - Lattice(left, top, seed)));
        var below = Lattice(left, top + 1, seed) + (u * (Lattice(left + 1, top + 1, seed) - Lattice(left, top + 1, seed)));
        return (2 * (above + (v * (below - above)))) - 1;
    }

    private static float Lattice(int x, int y, int seed)
    {
        var hash = ((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u) ^ ((uint)seed * 0xC2B2AE3Du);
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
        hash = (hash ^ (hash >> 12)) * 0x297A2D39u;
        return (hash ^ (hash >> 15)) / (float)uint.MaxValue;
    }
}
