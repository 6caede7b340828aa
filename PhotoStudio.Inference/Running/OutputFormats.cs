using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Inference.Running;

/// <summary>Chooses the file format of a result.</summary>
internal static class OutputFormats
{
    /// <summary>Whether every sample is to be kept.</summary>
    public static bool IsLossless(OperationParameters parameters) =>
        parameters.Operation.Parameters.Contains(OutputParameters.Lossless) && parameters.Get(OutputParameters.Lossless);

    /// <summary>How hard the encoder works, 1–10; null for its usual balance.</summary>
    public static int? Effort(OperationParameters parameters) =>
        parameters.Operation.Parameters.Contains(OutputParameters.Effort) ? parameters.Find(OutputParameters.Effort) : null;

    /// <summary>Whether the result can be an animation like the input.</summary>
    public static bool HoldsAnimation(OperationParameters parameters, PictureHeader input, IPictureCodec codec) =>
        Named(parameters) is { } format
            ? codec.Animates.Contains(format)
            : codec.Animates.Contains(input.Format) && CanKeep(input.Format, IsLossless(parameters));

    /// <summary>The format of a file.</summary>
    /// <param name="parameters">The run's parameters.</param>
    /// <param name="input">The format of the first picture that came in; null when none did.</param>
    /// <param name="result">What is written.</param>
    /// <param name="codec">Writes it.</param>
    public static PictureFormat For(OperationParameters parameters, PictureFormat? input, Animation result, IPictureCodec codec)
    {
        if (Named(parameters) is { } named) return named;

        return input is { } format && codec.Encodes.Contains(format) && CanKeep(format, IsLossless(parameters)) && CanHold(format, result)
            ? format
            : PictureFormat.Png;
    }

    /// <summary>The format that a file will have as far as can be told before there is a result.</summary>
    public static PictureFormat Expected(OperationParameters parameters, PictureFormat? input, IPictureCodec codec) =>
        Named(parameters) ?? (input is { } format && codec.Encodes.Contains(format) && CanKeep(format, IsLossless(parameters)) ? format : PictureFormat.Png);

    /// <summary>The format that the caller named; null for auto and where the operation has no such parameter.</summary>
    private static PictureFormat? Named(OperationParameters parameters) =>
        !parameters.Operation.Parameters.Contains(OutputParameters.Format) ? null : parameters.Get(OutputParameters.Format) switch
        {
            OutputFormat.Auto => null,
            OutputFormat.Png => PictureFormat.Png,
            OutputFormat.Jpeg => PictureFormat.Jpeg,
            OutputFormat.Webp => PictureFormat.Webp,
            OutputFormat.Avif => PictureFormat.Avif,
            OutputFormat.Tiff => PictureFormat.Tiff,
            OutputFormat.Gif => PictureFormat.Gif,
            var other => throw new ArgumentOutOfRangeException(nameof(parameters), other, "No such output format."),
        };

    private static bool CanKeep(PictureFormat format, bool lossless) => !lossless || format is not (PictureFormat.Jpeg or PictureFormat.Gif);

    private static bool CanHold(PictureFormat format, Animation result)
    {
        var picture = result.Frames[0];
        if (picture.Width > format.LongestSide() || picture.Height > format.LongestSide()) return false;
        return format switch
        {
            PictureFormat.Jpeg => !picture.HasAlpha,

            // A palette of 256 colours and one of them transparent: worth it only for what moves.
            PictureFormat.Gif => result.Frames.Count > 1,
            _ => true,
        };
    }
}
