using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Inference.Engines.Edit;

/// <summary>
/// A picture in memory in place of a file, so that one engine can work on what another made without writing it in between. Every reading
/// is a copy: engines may change what they decode.
/// </summary>
internal sealed class HeldPicture(Picture picture, IPictureCodec codec) : IPictureCodec
{
    /// <inheritdoc/>
    public IReadOnlySet<PictureFormat> Encodes => codec.Encodes;

    /// <inheritdoc/>
    public IReadOnlySet<PictureFormat> Animates => codec.Animates;

    /// <summary>An input for the slot <c>image</c> that is this picture.</summary>
    public EngineInput ToInput(PictureLimits limits) => new("image", default, Header(picture.Width, picture.Height, picture.HasAlpha), this, limits);

    /// <summary>An input that has only a size yet, to reckon with.</summary>
    public static EngineInput Expected(int width, int height, bool hasAlpha, EngineInput first) =>
        first with { File = default, Header = Header(width, height, hasAlpha), Frames = 1 };

    /// <inheritdoc/>
    public PictureHeader Probe(ReadOnlyMemory<byte> file) => Header(picture.Width, picture.Height, picture.HasAlpha);

    /// <inheritdoc/>
    public Picture Decode(ReadOnlyMemory<byte> file, PictureLimits limits, CancellationToken cancellationToken = default) =>
        new(picture.Width, picture.Height, picture.Format, [.. picture.Samples], picture.ColorSpace);

    /// <inheritdoc/>
    public Picture DecodeScaled(ReadOnlyMemory<byte> file, ScaledSize size, PictureLimits limits, CancellationToken cancellationToken = default)
    {
        var resized = codec.Resize(picture, size, cancellationToken);
        return ReferenceEquals(resized, picture) ? Decode(file, limits, cancellationToken) : resized;
    }

    /// <inheritdoc/>
    public Animation DecodeFrames(ReadOnlyMemory<byte> file, ScaledSize? size, PictureLimits limits, CancellationToken cancellationToken = default) =>
        Animation.Still(size is null ? Decode(file, limits, cancellationToken) : DecodeScaled(file, size, limits, cancellationToken));

    /// <inheritdoc/>
    public Picture Resize(Picture picture, ScaledSize size, CancellationToken cancellationToken = default) => codec.Resize(picture, size, cancellationToken);

    /// <inheritdoc/>
    public byte[] Encode(Picture picture, EncodeOptions options, CancellationToken cancellationToken = default) => codec.Encode(picture, options, cancellationToken);

    /// <inheritdoc/>
    public byte[] Encode(Animation animation, EncodeOptions options, CancellationToken cancellationToken = default) =>
        codec.Encode(animation, options, cancellationToken);

    private static PictureHeader Header(int width, int height, bool hasAlpha) => new(PictureFormat.Png, width, height, hasAlpha);
}
