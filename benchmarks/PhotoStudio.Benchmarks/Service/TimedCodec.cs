using System.Diagnostics;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Service;

/// <summary>A codec that adds up the time it takes.</summary>
internal sealed class TimedCodec(IPictureCodec inner) : IPictureCodec
{
    private long _ticks;

    /// <summary>The time taken so far, in milliseconds.</summary>
    public double Milliseconds => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _ticks)).TotalMilliseconds;

    public IReadOnlySet<PictureFormat> Encodes => inner.Encodes;

    public IReadOnlySet<PictureFormat> Animates => inner.Animates;

    public PictureHeader Probe(ReadOnlyMemory<byte> file) => Time(() => inner.Probe(file));

    public Picture Decode(ReadOnlyMemory<byte> file, PictureLimits limits, CancellationToken cancellationToken = default) =>
        Time(() => inner.Decode(file, limits, cancellationToken));

    public Picture DecodeScaled(
        ReadOnlyMemory<byte> file, ScaledSize size, PictureLimits limits, CancellationToken cancellationToken = default) =>
        Time(() => inner.DecodeScaled(file, size, limits, cancellationToken));

    public Animation DecodeFrames(
        ReadOnlyMemory<byte> file, ScaledSize? size, PictureLimits limits, CancellationToken cancellationToken = default) =>
        Time(() => inner.DecodeFrames(file, size, limits, cancellationToken));

    public Picture Resize(Picture picture, ScaledSize size, CancellationToken cancellationToken = default) =>
        Time(() => inner.Resize(picture, size, cancellationToken));

    public byte[] Encode(Picture picture, EncodeOptions options, CancellationToken cancellationToken = default) =>
        Time(() => inner.Encode(picture, options, cancellationToken));

    public byte[] Encode(Animation animation, EncodeOptions options, CancellationToken cancellationToken = default) =>
        Time(() => inner.Encode(animation, options, cancellationToken));

    public byte[] Transcode(
        ReadOnlyMemory<byte> file,
        ScaledSize? size,
        EncodeOptions options,
        PictureLimits limits,
        CancellationToken cancellationToken = default) =>
        Time(() => inner.Transcode(file, size, options, limits, cancellationToken));

    private T Time<T>(Func<T> work)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            Interlocked.Add(ref _ticks, Stopwatch.GetTimestamp() - began);
        }
    }
}
