using System.Buffers;

namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// A Gaussian blur whose rows are asked for from top to bottom: the values are those of <see cref="GaussianFilter.Blur"/>, and no more
/// rows are kept than the kernel is high. For one thread; dispose it to give the rows back.
/// </summary>
internal sealed class GaussianRows : IDisposable
{
    private readonly Action<int, Span<float>> _read;
    private readonly int _width;
    private readonly int _height;
    private readonly float[] _kernel;
    private readonly float[] _padded;
    private readonly float[] _across;
    private int _next = -1;

    /// <summary>Begins a blur.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="sigma">The standard deviation in pixels, above 0.</param>
    /// <param name="read">Writes a row of what is blurred.</param>
    public GaussianRows(int width, int height, float sigma, Action<int, Span<float>> read)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sigma);
        (_width, _height, _read) = (width, height, read);
        _kernel = GaussianFilter.Kernel(sigma);
        _padded = ArrayPool<float>.Shared.Rent(width + _kernel.Length - 1);
        _across = ArrayPool<float>.Shared.Rent(width * _kernel.Length);
    }

    /// <summary>Writes a row of the blurred image.</summary>
    /// <param name="y">Its number, above that of the row before.</param>
    /// <param name="target">As many values as the image is wide.</param>
    public void Blur(int y, Span<float> target)
    {
        var radius = _kernel.Length / 2;
        _next = Math.Max(_next, Math.Max(0, y - radius));
        for (; _next <= Math.Min(_height - 1, y + radius); _next++) BlurAcross(_next, Across(_next));

        target.Clear();
        for (var k = 0; k < _kernel.Length; k++)
            GaussianFilter.MultiplyAdd(Across(Math.Clamp(y + k - radius, 0, _height - 1)), _kernel[k], target);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_padded);
        ArrayPool<float>.Shared.Return(_across);
    }

    private Span<float> Across(int y) => _across.AsSpan(y % _kernel.Length * _width, _width);

    private void BlurAcross(int y, Span<float> target)
    {
        var radius = _kernel.Length / 2;
        _read(y, _padded.AsSpan(radius, _width));
        _padded.AsSpan(0, radius).Fill(_padded[radius]);
        _padded.AsSpan(radius + _width, radius).Fill(_padded[radius + _width - 1]);
        target.Clear();
        for (var k = 0; k < _kernel.Length; k++) GaussianFilter.MultiplyAdd(_padded.AsSpan(k, _width), _kernel[k], target);
    }
}
