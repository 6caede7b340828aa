using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Imaging.Vips;

/// <summary>
/// Pictures by libvips. A scaled decode computes only what the result needs: a JPEG is shrunk while it is decoded, colours are
/// converted after shrinking, and the full-size picture never exists in memory.
/// </summary>
public sealed class VipsPictureCodec : IPictureCodec
{
    /// <summary>What libjpeg says about data that are missing or broken.</summary>
    private static readonly string[] JpegDamage = ["remature end of", "bad Huffman code", "instead of RST", "Inconsistent progression"];

    /// <summary>Milliseconds that a frame is shown when the file does not say it, as browsers do.</summary>
    private const int UsualDelay = 100;

    /// <summary>Starts libvips.</summary>
    /// <exception cref="VipsLibraryException">libvips cannot be loaded.</exception>
    public VipsPictureCodec(VipsOptions? options = null) => VipsLibrary.Start(options);

    /// <inheritdoc/>
    public IReadOnlySet<PictureFormat> Encodes => VipsEncoder.Formats;

    /// <inheritdoc/>
    public IReadOnlySet<PictureFormat> Animates => VipsEncoder.AnimatedFormats;

    /// <inheritdoc/>
    public PictureHeader Probe(ReadOnlyMemory<byte> file)
    {
        using var call = VipsErrors.Begin();
        using var source = VipsPictureSource.Open(file);
        return source.Header;
    }

    /// <inheritdoc/>
    public Picture Decode(ReadOnlyMemory<byte> file, PictureLimits limits, CancellationToken cancellationToken = default)
        => Read(file, size: null, limits, image => ToPicture(image, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Picture DecodeScaled(
        ReadOnlyMemory<byte> file, ScaledSize size, PictureLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(size);
        return Read(file, size, limits, image => ToPicture(image, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public byte[] Transcode(
        ReadOnlyMemory<byte> file,
        ScaledSize? size,
        EncodeOptions options,
        PictureLimits limits,
        CancellationToken cancellationToken = default)
    {
        VipsEncoder.Check(options);
        options = options with { MetadataSource = file };
        return Read(file, size, limits, image => VipsEncoder.Encode(image, options, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public unsafe Picture Resize(Picture picture, ScaledSize size, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(size);
        cancellationToken.ThrowIfCancellationRequested();
        var plan = ScalePlan.For(size, picture.Width, picture.Height);
        if (plan.ChangesNothing) return picture;

        using var call = VipsErrors.Begin();
        fixed (byte* samples = picture.Samples)
        {
            var scaled = VipsGeometry.Resize(VipsImage.FromPinned(samples, picture), plan.ScaledWidth, plan.ScaledHeight);
            using var image = VipsGeometry.CropCentre(scaled, plan.Width, plan.Height);
            return ToPicture(image, cancellationToken, picture.ColorSpace);
        }
    }

    /// <inheritdoc/>
    public byte[] Encode(Picture picture, EncodeOptions options, CancellationToken cancellationToken = default)
    {
        using var call = VipsErrors.Begin();
        return VipsEncoder.Encode(picture, options, cancellationToken);
    }

    /// <inheritdoc/>
    public byte[] Encode(Animation animation, EncodeOptions options, CancellationToken cancellationToken = default)
    {
        using var call = VipsErrors.Begin();
        return VipsEncoder.Encode(animation, options, cancellationToken);
    }

    /// <inheritdoc/>
    public Animation DecodeFrames(
        ReadOnlyMemory<byte> file, ScaledSize? size, PictureLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        cancellationToken.ThrowIfCancellationRequested();
        using var call = VipsErrors.Begin();
        using var source = VipsPictureSource.Open(file);
        var header = source.Header;
        if (!header.IsAnimation)
            return Animation.Still(size is null ? Decode(file, limits, cancellationToken) : DecodeScaled(file, size, limits, cancellationToken));

        limits.Check(header);
        limits.CheckAnimation(header);
        if (size is not null)
        {
            var plan = ScalePlan.For(size, header.Width, header.Height);
            limits.Check(header with { Width = plan.Width, Height = plan.Height });
            limits.CheckAnimation(header with { Width = plan.Width, Height = plan.Height });
        }

        try
        {
            return DecodeTimer.Run(limits, token => ReadFrames(source, size, token), cancellationToken);
        }
        catch (VipsException exception)
        {
            throw source.Damaged(exception);
        }
    }

    private Animation ReadFrames(VipsPictureSource source, ScaledSize? size, CancellationToken cancellationToken)
    {
        try
        {
            using var loaded = source.LoadFrames();
            using var stop = loaded.StopWhen(cancellationToken);
            using var image = VipsColor.ToSrgb(VipsColor.ToPlain(loaded.Apply("copy")));
            var (height, count) = (source.Header.Height, image.Height / source.Header.Height);
            var delays = loaded.Delays;
            var frames = image.ToBytes(height * image.Width * image.Bands, cancellationToken)
                .Select(samples => new Picture(image.Width, height, (PixelFormat)image.Bands, samples));
            if (size is not null) frames = frames.Select(frame => Resize(frame, size, cancellationToken));
            var animation = new Animation(
                [.. frames],
                [.. Enumerable.Range(0, count).Select(frame => frame < delays.Count ? Math.Max(0, delays[frame]) : UsualDelay)],
                loaded.Loops);
            return animation;
        }
        catch (VipsException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>
    /// Opens a file, checks the limits, and hands over the recipe of the upright sRGB image. Whatever goes wrong while the pixels are
    /// computed is the file's fault.
    /// </summary>
    internal static T Read<T>(
        ReadOnlyMemory<byte> file, ScaledSize? size, PictureLimits limits, Func<VipsImage, T> use, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        cancellationToken.ThrowIfCancellationRequested();
        using var call = VipsErrors.Begin();
        using var source = VipsPictureSource.Open(file);
        var header = source.Header;
        limits.Check(header);
        var plan = ScalePlan.For(size ?? new ScaledSize(header.Width, header.Height, FitMode.Exact), header.Width, header.Height);
        limits.Check(header with { Width = plan.Width, Height = plan.Height, Frames = 1 });
        try
        {
            return DecodeTimer.Run(
                limits,
                token => Read(source, plan, header.Format == PictureFormat.Jpeg ? Strictness.Once : Strictness.Off, use, token),
                cancellationToken);
        }
        catch (VipsException exception)
        {
            throw source.Damaged(exception);
        }
    }

    /// <summary>
    /// libjpeg only warns where coded data end early or make no sense, and fills the rest with gray. Such a picture is damaged, but a
    /// warning may also be about something harmless; then the file is read once more without minding warnings. What speaks of damage may
    /// be about a picture that another call reads: only when it comes up twice, the file is damaged.
    /// </summary>
    private static T Read<T>(
        VipsPictureSource source, ScalePlan plan, Strictness strict, Func<VipsImage, T> use, CancellationToken cancellationToken)
    {
        try
        {
            var header = source.Header;
            var stored = header.Orientation >= 5 ? plan.Transposed() : plan;

            // A small result may be computed in one piece, but the decoder delivers rows: there it can be stopped at any time.
            using var loaded = source.Load(header.Format == PictureFormat.Jpeg ? stored.ShrinkOnLoad : 1, strict != Strictness.Off);
            using var stop = loaded.StopWhen(cancellationToken);
            var scaled = VipsGeometry.Resize(VipsColor.ToPlain(loaded.Apply("copy")), stored.ScaledWidth, stored.ScaledHeight);
            var upright = VipsGeometry.Upright(VipsColor.ToSrgb(scaled), header.Orientation, cancellationToken);
            using var image = VipsGeometry.CropCentre(upright, plan.Width, plan.Height);
            return use(image);
        }
        catch (VipsException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (VipsException exception)
            when (strict != Strictness.Off && !exception.IsUnexplained && !JpegDamage.Any(exception.Message.Contains))
        {
            return Read(source, plan, Strictness.Off, use, cancellationToken);
        }
        catch (VipsException) when (strict == Strictness.Once)
        {
            VipsErrors.Forget();
            return Read(source, plan, Strictness.Again, use, cancellationToken);
        }
    }

    // Whether warnings fail a decode, and for the how many-th time it is tried so.
    private enum Strictness
    {
        Off,
        Once,
        Again,
    }

    private static Picture ToPicture(VipsImage image, CancellationToken cancellationToken, ColorSpace colorSpace = ColorSpace.Srgb)
        => new(image.Width, image.Height, (PixelFormat)image.Bands, image.ToBytes(cancellationToken), colorSpace);
}
