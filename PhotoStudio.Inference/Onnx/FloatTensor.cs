namespace PhotoStudio.Inference.Onnx;

/// <summary>32-bit floats with a shape, the last dimension varying fastest. Pictures are <c>[1, channels, height, width]</c>.</summary>
public sealed class FloatTensor
{
    private readonly long[] _shape;

    /// <summary>Makes a tensor of zeros.</summary>
    /// <param name="shape">The dimensions, each at least 1.</param>
    /// <exception cref="OverflowException">There would be more values than an array can hold.</exception>
    public FloatTensor(params int[] shape)
        : this(new float[Count(shape)], shape)
    {
    }

    /// <summary>Wraps values without copying them.</summary>
    /// <exception cref="ArgumentException">Their number is not the product of the dimensions.</exception>
    public FloatTensor(float[] values, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        var count = Count(shape);
        if (values.Length != count)
            throw new ArgumentException($"A tensor [{string.Join(", ", shape)}] has {count} values, not {values.Length}.", nameof(values));
        Values = values;
        _shape = [.. shape.Select(size => (long)size)];
    }

    /// <summary>The values.</summary>
    public float[] Values { get; }

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<long> Shape => _shape;

    /// <summary>The dimensions as ONNX Runtime takes them.</summary>
    internal long[] NativeShape => _shape;

    private static int Count(int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var count = 1;
        foreach (var size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(shape));
            count = checked(count * size);
        }

        return count;
    }
}
