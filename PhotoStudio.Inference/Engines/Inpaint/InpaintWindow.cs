using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Inference.Engines.Inpaint;

/// <summary>A part of a picture around some of a region's pixels, with enough of the surroundings that a network can continue them.</summary>
/// <param name="Left">Left edge in the picture.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal readonly record struct InpaintWindow(int Left, int Top, int Width, int Height)
{
    // Surroundings on every side, as a part of the hole's longer side.
    private const double Surroundings = 0.75;

    // How much larger a window may become for several holes to be filled in one go.
    private const double Growth = 1.25;

    /// <summary>
    /// The holes of a region and a window around each: small ones in a large picture are not shrunk, and ones that lie together share a window.
    /// </summary>
    /// <param name="region">What is to be filled.</param>
    /// <param name="least">The least side of a window, in pixels, where the picture is as large.</param>
    public static IReadOnlyList<(PixelBounds Hole, InpaintWindow Window)> Around(PixelMask region, int least)
    {
        var holes = Holes(region);
        for (var merged = true; merged;)
        {
            merged = false;
            for (var i = 0; i < holes.Count && !merged; i++)
            {
                for (var j = i + 1; j < holes.Count && !merged; j++)
                {
                    var both = holes[i].With(holes[j]);
                    if (Side(both, least) > Growth * Math.Max(Side(holes[i], least), Side(holes[j], least))) continue;
                    holes[i] = both;
                    holes.RemoveAt(j);
                    merged = true;
                }
            }
        }

        return [.. holes.Select(hole => (hole, Of(hole, region, least)))];
    }

    private static int Side(PixelBounds hole, int least) =>
        (int)Math.Max(least, Math.Ceiling(Math.Max(hole.Right - hole.Left, hole.Bottom - hole.Top) * (1 + (2 * Surroundings))));

    // A square, so that a network of a square input sees the picture's proportions; where the picture is too narrow, as much as there is.
    private static InpaintWindow Of(PixelBounds hole, PixelMask region, int least)
    {
        var side = Side(hole, least);
        int across = Math.Min(side, region.Width), down = Math.Min(side, region.Height);
        int left = Math.Clamp(((hole.Left + hole.Right) / 2) - (across / 2), 0, region.Width - across);
        int top = Math.Clamp(((hole.Top + hole.Bottom) / 2) - (down / 2), 0, region.Height - down);
        return new(left, top, across, down);
    }

    // The connected parts.
    private static List<PixelBounds> Holes(PixelMask region)
    {
        var seen = new bool[region.Width * region.Height];
        List<PixelBounds> holes = [];
        var open = new Stack<int>();
        for (var i = 0; i < seen.Length; i++)
        {
            if (!region.Data[i] || seen[i]) continue;
            var hole = new PixelBounds(region.Width, region.Height, 0, 0);
            seen[i] = true;
            open.Push(i);
            while (open.TryPop(out var at))
            {
                int x = at % region.Width, y = at / region.Width;
                hole = hole.With(new(x, y, x + 1, y + 1));
                if (x > 0) Visit(at - 1);
                if (x < region.Width - 1) Visit(at + 1);
                if (y > 0) Visit(at - region.Width);
                if (y < region.Height - 1) Visit(at + region.Width);
            }

            holes.Add(hole);

            void Visit(int next)
            {
                if (!region.Data[next] || seen[next]) return;
                seen[next] = true;
                open.Push(next);
            }
        }

        return holes;
    }

    /// <summary>The window's part of a picture, RGB.</summary>
    public Picture Cut(Picture picture)
    {
        var result = new Picture(Width, Height, PixelFormat.Rgb);
        for (var y = 0; y < Height; y++)
        {
            ReadOnlySpan<byte> from = picture.Row(Top + y)[(Left * picture.Channels)..];
            var to = result.Row(y);
            for (var x = 0; x < Width; x++)
            {
                var pixel = from.Slice(x * picture.Channels, picture.Channels);
                if (pixel.Length <= 2) to.Slice(3 * x, 3).Fill(pixel[0]);
                else pixel[..3].CopyTo(to[(3 * x)..]);
            }
        }

        return result;
    }
}

/// <summary>A box of whole pixels; right and bottom are exclusive.</summary>
internal readonly record struct PixelBounds(int Left, int Top, int Right, int Bottom)
{
    /// <summary>The smallest box that holds both.</summary>
    public PixelBounds With(PixelBounds other) =>
        new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
}
