using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Metadata;
using PhotoStudio.Inference.Engines;

namespace PhotoStudio.Inference.Running;

/// <summary>Writes an engine's pictures as files, in the format and quality that <see cref="OutputParameters"/> ask for.</summary>
/// <param name="parameters">The run's parameters.</param>
/// <param name="input">The picture that was worked on; null when none came in.</param>
/// <param name="mark">What the files say of where the pictures come from; null for nothing.</param>
/// <param name="codec">Writes them.</param>
internal sealed class OutputEncoder(OperationParameters parameters, EngineInput? input, DigitalSource? mark, IPictureCodec codec)
{
    /// <summary>Writes one picture or animation; what is transparent becomes white in a format without alpha.</summary>
    /// <exception cref="InferenceException">The format asked for holds no picture of this size.</exception>
    public InferenceOutput Encode(Animation result, CancellationToken cancellationToken)
    {
        var options = Options(OutputFormats.For(parameters, input?.Header.Format, result, codec));
        try
        {
            var file = codec.Encode(result, options, cancellationToken);
            return new(file, options.Format.MediaType(), options.Format.Extension(), result.Frames[0].Width, result.Frames[0].Height);
        }
        catch (PictureTooLargeException fault)
        {
            throw new InferenceException(InferenceFault.InvalidInput, "result_too_large", fault.Message, fault);
        }
    }

    private EncodeOptions Options(PictureFormat format)
    {
        var metadata = Has(OutputParameters.Metadata) ? parameters.Get(OutputParameters.Metadata) : MetadataChoice.Strip;
        return new(
            format,
            Quality: Has(OutputParameters.Quality) ? parameters.Find(OutputParameters.Quality) : null,
            Lossless: OutputFormats.IsLossless(parameters),
            Background: Rgb.White,
            Xmp: mark is { } source ? XmpPacket.WithDigitalSourceType(source.Uri()) : null,
            Effort: OutputFormats.Effort(parameters),
            Metadata: metadata switch
            {
                MetadataChoice.Strip => MetadataPolicy.Strip,
                MetadataChoice.Copyright => MetadataPolicy.Copyright,
                MetadataChoice.Keep => MetadataPolicy.Keep,
                _ => throw new InvalidOperationException($"There is no way to treat metadata named {metadata}."),
            },
            MetadataSource: input?.File ?? default);
    }

    private bool Has(Parameter parameter) => parameters.Operation.Parameters.Contains(parameter);
}
