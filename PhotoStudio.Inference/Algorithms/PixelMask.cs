namespace PhotoStudio.Inference.Algorithms;

/// <summary>A set of pixels: rows from top to bottom without padding; true is inside.</summary>
public sealed class PixelMask
{
    /// <summary>Wraps a buffer of exactly <c>width * height</c> values; the mask owns it from here on.</summary>
    /// <exception cref="ArgumentException">The buffer's length does not match the size.</exception>
    public PixelMask(int width, int height, bool[] data)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentNullException.ThrowIfNull(data);
        if (data.Length != checked(width * height))
            throw new ArgumentException($"A {width}×{height} mask has {width * height} values, not {data.Length}.", nameof(data));

        (Width, Height, Data) = (width, height, data);
    }

    /// <summary>Makes an empty mask.</summary>
    public PixelMask(int width, int height)
        : this(width, height, new bool[checked(width * height)])
    {
    }

    /// <summary>Width in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>The values, row by row.</summary>
    public bool[] Data { get; }

    /// <summary>Whether the pixel at column <paramref name="x"/> of row <paramref name="y"/> is inside.</summary>
    public ref bool this[int x, int y] => ref Data[(y * Width) + x];

    /// <summary>How many pixels are inside.</summary>
    public int Count => Data.AsSpan().Count(true);

    /// <summary>The smallest box that holds every pixel inside; null when there is none. Right and bottom are exclusive.</summary>
    public (int Left, int Top, int Right, int Bottom)? Bounds()
    {
        int left = Width, top = Height, right = 0, bottom = 0;
        for (var y = 0; y < Height; y++)
        {
            var row = Data.AsSpan(y * Width, Width);
            var first = row.IndexOf(true);
            if (first < 0) continue;
            (left, right) = (Math.Min(left, first), Math.Max(right, row.LastIndexOf(true) + 1));
            (top, bottom) = (Math.Min(top, y), y + 1);
        }

        return right == 0 ? null : (left, top, right, bottom);
    }

    /// <summary>The pixels of a box, as a mask of its own.</summary>
    public PixelMask Box(int left, int top, int width, int height)
    {
        var box = new PixelMask(width, height);
        for (var y = 0; y < height; y++) Data.AsSpan(((top + y) * Width) + left, width).CopyTo(box.Data.AsSpan(y * width));
        return box;
    }

    /// <summary>A new mask with every pixel that is at most <paramref name="radius"/> pixels (Euclidean) from one inside.</summary>
    public PixelMask Grown(float radius, CancellationToken cancellationToken = default)
    {
        if (radius <= 0) return new(Width, Height, (bool[])Data.Clone());
        var distance = DistanceTransform.Euclidean(Data, Width, Height, cancellationToken);
        return new(Width, Height, [.. distance.Data.Select(value => value <= radius)]);
    }

    /// <summary>The distance of every pixel inside to the nearest pixel outside, in pixels; 0 outside.</summary>
    public Plane Depth(CancellationToken cancellationToken = default)
    {
        var outside = new bool[Data.Length];
        for (var i = 0; i < outside.Length; i++) outside[i] = !Data[i];
        return DistanceTransform.Euclidean(outside, Width, Height, cancellationToken);
    }
}
