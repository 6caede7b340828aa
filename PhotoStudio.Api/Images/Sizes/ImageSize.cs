using System.Globalization;

namespace PhotoStudio.Api.Images.Sizes;

/// <summary>
/// A size that is made of a picture on demand and kept: one of a few names, or a width from a ladder, so that nobody can have the studio
/// make and keep thousands of sizes of one picture.
/// </summary>
/// <param name="Name">As it stands in URLs and keys, such as <c>thumb</c> or <c>w640</c>.</param>
/// <param name="Width">The most pixels across.</param>
/// <param name="Height">The most pixels down; null for as many as there are.</param>
public sealed record ImageSize(string Name, int Width, int? Height)
{
    // A tall strip of a page may be 20 times as high as it is wide.
    private static readonly int[] Ladder = [64, 128, 256, 320, 480, 640, 800, 1024, 1280, 1600, 2048, 2560, 3840];

    /// <summary>For lists.</summary>
    public static ImageSize Thumbnail { get; } = new("thumb", 256, 256);

    /// <summary>For screens: what others see, and what is made of every upload at once.</summary>
    public static ImageSize Optimized { get; } = new("large", 2048, 2048);

    /// <summary>The sizes with names.</summary>
    public static IReadOnlyList<ImageSize> Named { get; } = [Thumbnail, new("small", 512, 512), new("medium", 1024, 1024), Optimized];

    /// <summary>The widest that can be asked for, in pixels.</summary>
    public static int MaxWidth => Ladder[^1];

    /// <summary>The size of at least this width, the next one on the ladder.</summary>
    public static ImageSize AtLeast(int width) => OfWidth(Ladder.First(step => step >= Math.Min(width, MaxWidth)));

    /// <summary>The size of this name; null when there is none.</summary>
    public static ImageSize? Find(string name)
    {
        if (Named.FirstOrDefault(size => size.Name == name) is { } named) return named;
        return name.StartsWith('w')
            && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            && Ladder.Contains(width)
                ? OfWidth(width)
                : null;
    }

    /// <summary>Every name, as a sentence for the caller.</summary>
    public static string Known => $"{string.Join(", ", Named.Select(size => size.Name))}, w{string.Join(", w", Ladder)}";

    private static ImageSize OfWidth(int width) => new($"w{width}", width, null);
}
