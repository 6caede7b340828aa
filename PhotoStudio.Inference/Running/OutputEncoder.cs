using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Metadata;

namespace PhotoStudio.Inference.Running;

/// <summary>Writes an engine's pictures as files, in the format and quality that <see cref="OutputParameters"/> ask for.</summary>
internal static class OutputEncoder
{
    /// <summary>The longest side of a WebP picture, RFC 9649.</summary>
    private const int LongestWebpSide = 16_383;

    /// <summary>Writes one picture; what is transparent becomes white in a format without alpha.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="parameters">The run's parameters.</param>
    /// <param name="input">The format of the first picture that came in; null when none did.</param>
    /// <param name="mark">What the file says of where the picture comes from; null for nothing.</param>
    /// <param name="codec">Writes it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InferenceException">The format asked for holds no picture of this size.</exception>
    public static InferenceOutput Encode(
        Picture picture,
        OperationParameters parameters,
        PictureFormat? input,
        DigitalSource? mark,
        IPictureCodec codec,
        CancellationToken cancellationToken)
    {
        var known = parameters.Operation.Parameters;
        var wanted = known.Contains(OutputParameters.Format) ? parameters.Get(OutputParameters.Format) : OutputFormat.Auto;
        var quality = known.Contains(OutputParameters.Quality) ? parameters.Find(OutputParameters.Quality) : null;
        var lossless = known.Contains(OutputParameters.Lossless) && parameters.Get(OutputParameters.Lossless);
        var format = FormatFor(wanted, lossless && input == PictureFormat.Jpeg ? null : input, picture, codec.Encodes);
        try
        {
            var xmp = mark is { } source ? XmpPacket.WithDigitalSourceType(source.Uri()) : null;
            var file = codec.Encode(picture, new EncodeOptions(format, quality, lossless, Background: Rgb.White, Xmp: xmp), cancellationToken);
            return new(file, format.MediaType(), format.Extension(), picture.Width, picture.Height);
        }
        catch (PictureTooLargeException fault)
        {
            throw new InferenceException(InferenceFault.InvalidInput, "result_too_large", fault.Message, fault);
        }
    }

    private static PictureFormat FormatFor(
        OutputFormat wanted, PictureFormat? input, Picture picture, IReadOnlySet<PictureFormat> encodes) =>
        wanted switch
        {
            OutputFormat.Png => PictureFormat.Png,
            OutputFormat.Jpeg => PictureFormat.Jpeg,
            OutputFormat.Webp => PictureFormat.Webp,
            OutputFormat.Auto when input is { } format && encodes.Contains(format) && CanHold(format, picture) => format,
            OutputFormat.Auto => PictureFormat.Png,
            _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted, "No such output format."),
        };

    private static bool CanHold(PictureFormat format, Picture picture) => format switch
    {
        PictureFormat.Jpeg => !picture.HasAlpha,
        PictureFormat.Webp => picture.Width <= LongestWebpSide && picture.Height <= LongestWebpSide,

        // A palette of 256 colours and one of them transparent.
        PictureFormat.Gif => false,
        _ => true,
    };
}
