namespace PhotoStudio.Imaging;

/// <summary>
/// A picture in memory: 8 bits per sample, interleaved, rows from top to bottom without padding.
/// The samples of the pixel at (x, y) start at <c>(y * Width + x) * Channels</c>.
/// Colour samples are not premultiplied by alpha.
/// </summary>
public sealed class Picture
{
    /// <summary>Wraps a buffer of exactly <c>width * height * channels</c> bytes; the picture owns it from here on.</summary>
    /// <exception cref="ArgumentException">The buffer's length does not match the size.</exception>
    public Picture(int width, int height, PixelFormat format, byte[] samples, ColorSpace colorSpace = ColorSpace.Srgb)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentNullException.ThrowIfNull(samples);
        var expected = checked((long)width * height * (int)format);
        if (samples.LongLength != expected)
        {
            throw new ArgumentException(
                $"A {width}×{height} {format} picture has {expected} samples, not {samples.LongLength}.", nameof(samples));
        }

        (Width, Height, Format, Samples, ColorSpace) = (width, height, format, samples, colorSpace);
    }

    /// <summary>Makes a picture with every sample zero: black, and transparent where there is alpha.</summary>
    public Picture(int width, int height, PixelFormat format)
        : this(width, height, format, new byte[checked((long)width * height * (int)format)])
    {
    }

    /// <summary>Width in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>Which samples a pixel has.</summary>
    public PixelFormat Format { get; }

    /// <summary>Samples a pixel: 1 to 4.</summary>
    public int Channels => (int)Format;

    /// <summary>What the colour samples mean.</summary>
    public ColorSpace ColorSpace { get; }

    /// <summary>The samples, 0–255, interleaved.</summary>
    public byte[] Samples { get; }

    /// <summary>Bytes between the starts of two rows.</summary>
    public int Stride => Width * Channels;

    /// <summary>Whether the last sample of a pixel is its opacity.</summary>
    public bool HasAlpha => Format is PixelFormat.GrayAlpha or PixelFormat.Rgba;

    /// <summary>The samples of one row.</summary>
    public Span<byte> Row(int y) => Samples.AsSpan(y * Stride, Stride);

    /// <summary>
    /// The same picture with another pixel format: gray is spread over red, green and blue; colour becomes
    /// gray by the luma weights of ITU-R BT.601; a missing alpha is opaque; a dropped alpha is forgotten.
    /// Returns this picture when it has the format already.
    /// </summary>
    public Picture As(PixelFormat format)
    {
        if (format == Format) return this;

        var result = new Picture(Width, Height, format, new byte[(long)Width * Height * (int)format], ColorSpace);
        int from = Channels, to = result.Channels;
        bool gray = Channels <= 2, wantGray = to <= 2, wantAlpha = result.HasAlpha;
        byte[] source = Samples, target = result.Samples;
        for (int s = 0, t = 0; s < source.Length; s += from, t += to)
        {
            byte r = source[s], g = gray ? r : source[s + 1], b = gray ? r : source[s + 2];
            if (wantGray)
            {
                target[t] = gray ? r : (byte)(((299 * r) + (587 * g) + (114 * b) + 500) / 1000);
            }
            else
            {
                target[t] = r;
                target[t + 1] = g;
                target[t + 2] = b;
            }

            if (wantAlpha) target[t + to - 1] = HasAlpha ? source[s + from - 1] : byte.MaxValue;
        }

        return result;
    }

    /// <summary>
    /// The same picture with its colour samples in another colour space, alpha untouched. Eight bits of linear light tell dark
    /// tones apart badly. Returns this picture when it has the colour space already.
    /// </summary>
    public Picture In(ColorSpace colorSpace)
    {
        if (colorSpace == ColorSpace) return this;

        var curve = colorSpace == ColorSpace.Srgb ? SrgbCurve.FromLinear8 : SrgbCurve.ToLinear8;
        var samples = new byte[Samples.Length];
        int channels = Channels, colors = HasAlpha ? channels - 1 : channels;
        for (var pixel = 0; pixel < samples.Length; pixel += channels)
        {
            for (var c = 0; c < colors; c++) samples[pixel + c] = curve[Samples[pixel + c]];
            if (HasAlpha) samples[pixel + colors] = Samples[pixel + colors];
        }

        return new Picture(Width, Height, Format, samples, colorSpace);
    }
}

/// <summary>The samples of a pixel; the value is their number.</summary>
public enum PixelFormat
{
    /// <summary>One sample of luma.</summary>
    Gray = 1,

    /// <summary>Luma and opacity.</summary>
    GrayAlpha = 2,

    /// <summary>Red, green, blue.</summary>
    Rgb = 3,

    /// <summary>Red, green, blue, opacity.</summary>
    Rgba = 4,
}

/// <summary>What colour samples mean.</summary>
public enum ColorSpace
{
    /// <summary>IEC 61966-2-1 sRGB with its transfer curve; what every codec here delivers.</summary>
    Srgb,

    /// <summary>sRGB primaries, linear light.</summary>
    LinearSrgb,
}
