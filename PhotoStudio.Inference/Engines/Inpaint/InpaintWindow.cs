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
    // Surroundings on every side, as a part of the region's longer side; and the least window, which loses nothing in the network.
    private const double Surroundings = 0.75;

    /// <summary>
    /// The windows that hold a whole region: one for each part of it that lies apart from the others, so that small ones in a large picture
    /// are not shrunk.
    /// </summary>
    /// <param name="region">What is to be filled.</param>
    /// <param name="least">The least side of a window, in pixels, where the picture is as large.</param>
    public static IReadOnlyList<InpaintWindow> Around(PixelMask region, int least)
    {
        List<(int Left, int Top, int Right, int Bottom)> parts = [.. Boxes(region)];

        // Parts whose windows overlap are filled together: one must not be continued from the other's old content.
        for (var merged = true; merged;)
        {
            merged = false;
            for (var i = 0; i < parts.Count && !merged; i++)
            {
                for (var j = i + 1; j < parts.Count && !merged; j++)
                {
                    if (!Of(parts[i], region, least).Overlaps(Of(parts[j], region, least))) continue;
                    var (a, b) = (parts[i], parts[j]);
                    parts[i] = (Math.Min(a.Left, b.Left), Math.Min(a.Top, b.Top), Math.Max(a.Right, b.Right), Math.Max(a.Bottom, b.Bottom));
                    parts.RemoveAt(j);
                    merged = true;
                }
            }
        }

        return [.. parts.Select(part => Of(part, region, least))];
    }

    private bool Overlaps(InpaintWindow other) =>
        Left < other.Left + other.Width && other.Left < Left + Width && Top < other.Top + other.Height && other.Top < Top + Height;

    private static InpaintWindow Of((int Left, int Top, int Right, int Bottom) part, PixelMask region, int least)
    {
        // A square, so that a network of a square input sees the picture's proportions; where the picture is too narrow, as much as there is.
        int width = part.Right - part.Left, height = part.Bottom - part.Top;
        var side = (int)Math.Max(least, Math.Ceiling(Math.Max(width, height) * (1 + (2 * Surroundings))));
        int across = Math.Min(side, region.Width), down = Math.Min(side, region.Height);
        int left = Math.Clamp(part.Left + (width / 2) - (across / 2), 0, region.Width - across);
        int top = Math.Clamp(part.Top + (height / 2) - (down / 2), 0, region.Height - down);
        return new(left, top, across, down);
    }

    // The boxes of the connected parts, found row by row: runs that touch a box are taken into it.
    private static List<(int Left, int Top, int Right, int Bottom)> Boxes(PixelMask region)
    {
        var labels = new int[region.Width * region.Height];
        List<(int Left, int Top, int Right, int Bottom)> boxes = [];
        var open = new Stack<int>();
        for (var i = 0; i < labels.Length; i++)
        {
            if (!region.Data[i] || labels[i] != 0) continue;
            var box = (Left: region.Width, Top: region.Height, Right: 0, Bottom: 0);
            labels[i] = boxes.Count + 1;
            open.Push(i);
            while (open.TryPop(out var at))
            {
                int x = at % region.Width, y = at / region.Width;
                box = (Math.Min(box.Left, x), Math.Min(box.Top, y), Math.Max(box.Right, x + 1), Math.Max(box.Bottom, y + 1));
                if (x > 0) Visit(at - 1);
                if (x < region.Width - 1) Visit(at + 1);
                if (y > 0) Visit(at - region.Width);
                if (y < region.Height - 1) Visit(at + region.Width);
            }

            boxes.Add(box);

            void Visit(int next)
            {
                if (!region.Data[next] || labels[next] != 0) return;
                labels[next] = boxes.Count + 1;
                open.Push(next);
            }
        }

        return boxes;
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
