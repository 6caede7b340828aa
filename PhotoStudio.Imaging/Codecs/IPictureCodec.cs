namespace PhotoStudio.Imaging.Codecs;

/// <summary>
/// Turns files into pictures and back. Every adapter applies the EXIF orientation, converts to sRGB,
/// delivers 8 bits per sample, and strips metadata unless asked to keep it. Thread-safe.
/// Decoding and encoding are CPU-bound and synchronous; callers decide where they run.
/// </summary>
public interface IPictureCodec
{
    /// <summary>The formats this codec can write.</summary>
    IReadOnlySet<PictureFormat> Encodes { get; }

    /// <summary>The formats in which this codec can write animations.</summary>
    IReadOnlySet<PictureFormat> Animates { get; }

    /// <summary>
    /// Reads the header only; no pixel is decoded. The size is the size after orientation.
    /// </summary>
    /// <exception cref="PictureFormatException">The bytes are no picture, or of a format that is not accepted.</exception>
    PictureHeader Probe(ReadOnlyMemory<byte> file);

    /// <summary>Decodes the first frame at full size.</summary>
    /// <exception cref="PictureFormatException">The bytes are no picture, are truncated, or are damaged.</exception>
    /// <exception cref="PictureTooLargeException">The header promises more than the limits allow; nothing was decoded.</exception>
    Picture Decode(ReadOnlyMemory<byte> file, PictureLimits limits, CancellationToken cancellationToken = default);

    /// <summary>
    /// Decodes and resizes in one go, so that a decoder that can deliver a smaller picture does (shrink on load).
    /// </summary>
    /// <inheritdoc cref="Decode" path="/exception"/>
    Picture DecodeScaled(ReadOnlyMemory<byte> file, ScaledSize size, PictureLimits limits, CancellationToken cancellationToken = default);

    /// <summary>Decodes all frames of an animation, each resized when a size is given; of any other picture the first frame.</summary>
    /// <inheritdoc cref="Decode" path="/exception"/>
    Animation DecodeFrames(
        ReadOnlyMemory<byte> file, ScaledSize? size, PictureLimits limits, CancellationToken cancellationToken = default);

    /// <summary>Resizes a picture in memory. Returns the same picture when nothing changes.</summary>
    Picture Resize(Picture picture, ScaledSize size, CancellationToken cancellationToken = default);

    /// <summary>Writes a file. A format without alpha gets the picture over <see cref="EncodeOptions.Background"/>.</summary>
    /// <exception cref="NotSupportedException">The format is not in <see cref="Encodes"/>.</exception>
    byte[] Encode(Picture picture, EncodeOptions options, CancellationToken cancellationToken = default);

    /// <summary>Writes all frames; in a format that is not in <see cref="Animates"/> the first one.</summary>
    /// <exception cref="NotSupportedException">The format is not in <see cref="Encodes"/>.</exception>
    byte[] Encode(Animation animation, EncodeOptions options, CancellationToken cancellationToken = default);

    /// <summary>
    /// Decodes, resizes when a size is given, and writes again: the file for a file. An adapter may do it in one go, without a picture
    /// in between.
    /// </summary>
    /// <inheritdoc cref="Decode" path="/exception"/>
    /// <exception cref="NotSupportedException">The format is not in <see cref="Encodes"/>.</exception>
    byte[] Transcode(
        ReadOnlyMemory<byte> file,
        ScaledSize? size,
        EncodeOptions options,
        PictureLimits limits,
        CancellationToken cancellationToken = default)
        => Encode(
            size is null ? Decode(file, limits, cancellationToken) : DecodeScaled(file, size, limits, cancellationToken),
            options with { MetadataSource = file },
            cancellationToken);
}
