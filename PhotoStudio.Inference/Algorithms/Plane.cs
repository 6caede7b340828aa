namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// One channel of floats: rows from top to bottom without padding. The value at (x, y) is <c>Data[y * Width + x]</c>.
/// </summary>
public sealed class Plane
{
    /// <summary>Wraps a buffer of exactly <c>width * height</c> values; the plane owns it from here on.</summary>
    /// <exception cref="ArgumentException">The buffer's length does not match the size.</exception>
    public Plane(int width, int height, float[] data)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentNullException.ThrowIfNull(data);
        if (data.Length != checked(width * height))
            throw new ArgumentException($"A {width}×{height} plane has {width * height} values, not {data.Length}.", nameof(data));

        (Width, Height, Data) = (width, height, data);
    }

    /// <summary>Makes a plane of zeros.</summary>
    public Plane(int width, int height)
        : this(width, height, new float[checked(width * height)])
    {
    }

    /// <summary>Width in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>The values, row by row.</summary>
    public float[] Data { get; }

    /// <summary>The value at column <paramref name="x"/> of row <paramref name="y"/>.</summary>
    public ref float this[int x, int y] => ref Data[(y * Width) + x];

    /// <summary>The values of one row.</summary>
    public Span<float> Row(int y) => Data.AsSpan(y * Width, Width);

    /// <summary>A copy with its own buffer.</summary>
    public Plane Clone() => new(Width, Height, (float[])Data.Clone());

    /// <summary>A new plane whose values are <paramref name="map"/> of this one's; several threads ask it at once.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Plane Map(Func<float, float> map, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        var result = new Plane(Width, Height);
        RowBands.Run(
            Height,
            (first, end) =>
            {
                for (var i = first * Width; i < end * Width; i++) result.Data[i] = map(Data[i]);
            },
            cancellationToken);
        return result;
    }
}
