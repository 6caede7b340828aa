using System.Numerics;
using PhotoStudio.Imaging;

namespace PhotoStudio.Inference.Algorithms.Completion;

/// <summary>
/// Fills a hole in a picture so that texture and structure around it go on inside: matching patches from coarse to fine (Wexler et al.
/// 2007; Newson et al. 2014), copied and blended in the gradient domain. Where the surroundings repeat themselves the hole is filled
/// in step with them. Several fillings, from near and from far, compete for being like their surroundings. Deterministic for a seed.
/// </summary>
public static class PatchCompletion
{
    /// <summary>Peak memory, in bytes a pixel of the picture.</summary>
    public const int BytesPerPixel = 170;

    private const int FewestSources = 60;
    private const int SmallestSide = 20;
    private const int LeastMargin = 96;
    private const double Settled = 0.25;

    // Up to so many pixels of hole a second filling from near competes, and up to so many one from far.
    private const int SmallHole = 20_000, MiddlingHole = 150_000;

    /// <summary>Fills a hole.</summary>
    /// <param name="picture">The picture, in sRGB; it stays as it is.</param>
    /// <param name="hole">What to fill, of the picture's size.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="progress">Told the share done, 0–1.</param>
    /// <param name="cancellationToken">Stops the work within a fraction of a second.</param>
    /// <returns>The picture with other colours in the hole; every other sample and all alpha as they were.</returns>
    /// <exception cref="ArgumentException">The hole has another size, or covers the whole picture.</exception>
    public static Picture Fill(
        Picture picture, PixelMask hole, CompletionOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(hole);
        if ((hole.Width, hole.Height) != (picture.Width, picture.Height)) throw new ArgumentException("The hole's size is not the picture's.", nameof(hole));
        var result = new Picture(picture.Width, picture.Height, picture.Format, (byte[])picture.Samples.Clone(), picture.ColorSpace);
        if (hole.Bounds() is not { } bounds) return result;

        if (!hole.Data.Contains(false)) throw new ArgumentException("The hole covers the whole picture.", nameof(hole));
        options ??= new();
        var window = Window(bounds, picture.Width, picture.Height);
        var cut = hole.Box(window.X, window.Y, window.Width, window.Height);
        var usable = CompletionInput.Usable(picture, cut, window.X, window.Y);
        var colors = Complete(NewLevel, options, progress, cancellationToken);
        Write(result, cut, colors, window.X, window.Y);
        progress?.Report(1);
        return result;

        CompletionLevel NewLevel(float reach) => new(
            CompletionInput.Read(picture, cut, usable, window.X, window.Y, cancellationToken), cut, usable, reach, cancellationToken);
    }

    /// <summary>The colours of the best of several fillings, by pixel of the window.</summary>
    private static Vector4[] Complete(
        Func<float, CompletionLevel> newLevel, CompletionOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var level = newLevel(options.Reach ?? float.PositiveInfinity);
        var near = SourceReach.Near(level);
        if (options.Reach is not null || SourceReach.IsOneTexture(level, near, cancellationToken)) return Fill(level, options.Seed, 0, 1);

        var size = level.Hole.Count;
        var count = size <= SmallHole ? 3 : size <= MiddlingHole ? 2 : 1;
        Vector4[]? best = null;
        var least = double.MaxValue;
        for (var k = 0; k < count; k++)
        {
            level = newLevel(k == 1 ? float.PositiveInfinity : near);
            var colors = Fill(level, options.Seed + k, k, count);
            if (count == 1) return colors;
            var distance = PatchLikeness.Distance(colors, level, near, cancellationToken);
            if (distance < least) (best, least) = (colors, distance);
        }

        return best!;

        Vector4[] Fill(CompletionLevel filled, int seed, int index, int of)
        {
            var origins = Match(filled, (uint)seed, done => progress?.Report(0.05 + (0.9 * (index + done) / of)), cancellationToken);
            return Blend(filled, origins, options, cancellationToken);
        }
    }

    // The hole with as much around it as it is large: near enough to fit, and large enough to choose from.
    private static (int X, int Y, int Width, int Height) Window((int Left, int Top, int Right, int Bottom) bounds, int width, int height)
    {
        var margin = Math.Max(LeastMargin, Math.Max(bounds.Right - bounds.Left, bounds.Bottom - bounds.Top));
        int left = Math.Max(0, bounds.Left - margin), top = Math.Max(0, bounds.Top - margin);
        return (left, top, Math.Min(width, bounds.Right + margin) - left, Math.Min(height, bounds.Bottom + margin) - top);
    }

    private static int[] Match(CompletionLevel finest, uint seed, Action<double> progress, CancellationToken cancellationToken)
    {
        if (finest.Sources.Length == 0 || finest.Targets.All(row => row.Length == 0)) return [.. finest.Match];

        var levels = Pyramid(finest, cancellationToken);
        for (var k = levels.Count - 1; k >= 0; k--)
        {
            var level = levels[k];
            var (share, from) = (Math.Pow(0.25, k), k == levels.Count - 1 ? 0 : Math.Pow(0.25, k + 1));
            if (k == levels.Count - 1) OnionPeel.Fill(level, cancellationToken);
            else Refine(levels[k + 1], level, seed, cancellationToken);
            PatchSearch.Start(level, seed + (uint)k, cancellationToken);
            Settle(level, k, seed, done => progress(from + ((share - from) * done)), cancellationToken);
        }

        return PatchVoting.Origins(finest, cancellationToken);
    }

    private static List<CompletionLevel> Pyramid(CompletionLevel finest, CancellationToken cancellationToken)
    {
        List<CompletionLevel> levels = [finest];
        while (levels[^1].MaxDepth > PatchImage.Reach && Math.Min(levels[^1].Width, levels[^1].Height) / 2 >= SmallestSide)
        {
            var next = levels[^1].Halved(cancellationToken);
            if (next.Sources.Length < FewestSources) break;
            levels.Add(next);
        }

        return levels;
    }

    /// <summary>Takes the matches of the next smaller level over and fills the hole with what they say.</summary>
    private static void Refine(CompletionLevel small, CompletionLevel level, uint seed, CancellationToken cancellationToken)
    {
        for (var y = 0; y < level.Height; y++)
        {
            foreach (var target in level.Targets[y])
            {
                var x = target - (y * level.Width);
                int sx = Math.Clamp(x / 2, PatchImage.Reach, small.Width - 1 - PatchImage.Reach), sy = Math.Clamp(y / 2, PatchImage.Reach, small.Height - 1 - PatchImage.Reach);
                var match = small.Match[(sy * small.Width) + sx];
                if (match < 0) continue;
                int shiftX = 2 * ((match % small.Width) - sx), shiftY = 2 * ((match / small.Width) - sy);
                if (level.Image.HoldsPatch(x + shiftX, y + shiftY)) level.Match[target] = target + (shiftY * level.Width) + shiftX;
            }
        }

        PatchSearch.Start(level, seed, cancellationToken);
        foreach (var row in level.Targets)
            foreach (var target in row) level.Cost[target] = 0;
        PatchVoting.Average(level, cancellationToken);
    }

    private static void Settle(CompletionLevel level, int depth, uint seed, Action<double> progress, CancellationToken cancellationToken)
    {
        var targets = level.Targets.Sum(row => row.Length);
        var rounds = targets switch { < 3_000 => 12, < 25_000 => 6, < 200_000 => 3, _ => 2 };
        var radius = targets < 25_000 ? Math.Max(level.Width, level.Height) : 32;
        for (var round = 0; round < rounds; round++)
        {
            for (var sweep = 0; sweep < 2; sweep++)
            {
                var chosen = (seed * 1009u) + (uint)((depth * 64) + (round * 2) + sweep);
                PatchSearch.Sweep(level, sweep == 0, radius, chosen, cancellationToken);
            }

            progress((round + 1.0) / rounds);

            // The last matches belong to the pixels as they are, and are what is copied from.
            if (round == rounds - 1 && depth == 0) break;
            var change = PatchVoting.Average(level, cancellationToken);
            PatchSearch.Start(level, seed, cancellationToken);
            if (change < Settled) break;
        }
    }

    private static Vector4[] Blend(CompletionLevel level, int[] origins, CompletionOptions options, CancellationToken cancellationToken)
    {
        var (image, hole) = (level.Image, level.Hole);
        Vector4[] fallback = [];
        if (Enumerable.Range(0, origins.Length).Any(i => hole.Data[i] && origins[i] < 0))
        {
            var colors = new Vector4[origins.Length];
            for (var i = 0; i < colors.Length; i++)
                colors[i] = new(image.Samples[i * 4], image.Samples[(i * 4) + 1], image.Samples[(i * 4) + 2], 0);
            fallback = DiffusionFill.Fill(colors, hole, level.IsUsable, cancellationToken);
        }

        return GradientBlend.Blend(image, hole, origins, level.IsUsable, fallback, options.Screening, cancellationToken);
    }

    private static void Write(Picture result, PixelMask hole, Vector4[] colors, int left, int top)
    {
        int channels = result.Channels, colored = Math.Min(3, result.HasAlpha ? channels - 1 : channels);
        for (var y = 0; y < hole.Height; y++)
        {
            var row = result.Row(top + y);
            for (var x = 0; x < hole.Width; x++)
            {
                if (!hole[x, y]) continue;
                var color = Vector4.Clamp(colors[(y * hole.Width) + x], Vector4.Zero, new Vector4(255));
                for (var c = 0; c < colored; c++) row[((left + x) * channels) + c] = (byte)(color[c] + 0.5f);
            }
        }
    }
}

/// <summary>How a hole is filled.</summary>
public sealed record CompletionOptions
{
    /// <summary>Chooses among equally good fillings.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// How far from the hole a patch may lie to be copied, in pixels, more than 7, or infinity; null decides by what is around the hole.
    /// </summary>
    public float? Reach { get; init; }

    /// <summary>
    /// How strongly copied colours are kept against those at the hole's border, 0 or more; what is corrected fades over about
    /// 1/√Screening pixels.
    /// </summary>
    public float Screening { get; init; } = 1e-4f;
}
