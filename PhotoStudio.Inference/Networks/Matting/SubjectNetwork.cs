using System.Numerics.Tensors;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Algorithms;
using PhotoStudio.Inference.Algorithms.Segmentation;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Networks.Matting;

/// <summary>
/// Networks that tell how much every pixel belongs to the subject (U²-Net, Silueta, IS-Net, BiRefNet, MODNet), with the processing of the
/// rembg project. The first output is the finest of those that have several.
/// </summary>
public static class SubjectNetwork
{
    /// <summary>The family in the catalogue.</summary>
    public const string Family = "background";

    // Features of a network that keeps the input's size in its first layers, and the layers beside it.
    private const long BytesPerInputPixel = 1_500;

    /// <summary>Memory of a run besides the picture, in bytes.</summary>
    public static long MemoryFor(ModelProcessing processing)
    {
        ArgumentNullException.ThrowIfNull(processing);
        var (width, height) = processing.Inputs[0].Size();
        return BytesPerInputPixel * width * height;
    }

    /// <summary>Finds the subject of a photograph and refines its outline.</summary>
    /// <param name="session">The loaded network.</param>
    /// <param name="processing">What goes in and out of it.</param>
    /// <param name="picture">Any size, gray and alpha welcome.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static SubjectMask Find(OnnxSession session, ModelProcessing processing, Picture picture, CancellationToken cancellationToken)
    {
        if (SubjectMask.OwnAlpha(picture, cancellationToken) is { } cutOut) return cutOut;
        var (saliency, peak) = Saliency(session, processing, picture, cancellationToken);
        return SubjectMask.Of(picture, saliency, peak, cancellationToken);
    }

    /// <summary>How much every pixel belongs to the subject.</summary>
    /// <returns>
    /// Values 0–1 of the size of the network's output, stretched over the whole picture, and the surest value before they were brought to that
    /// range, 0–1.
    /// </returns>
    public static (Plane Saliency, double Peak) Saliency(
        OnnxSession session, ModelProcessing processing, Picture picture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(processing);
        ArgumentNullException.ThrowIfNull(picture);
        var (width, height) = processing.Inputs[0].Size();
        var stretched = PictureResampling.Resize(picture, width, height, processing.Inputs[0].Filter, cancellationToken);
        var form = processing.Inputs[0].Form();
        if (processing.Inputs[0].DivideByLargest) form = form with { Scale = 1 / Largest(stretched) };
        var input = PictureTensors.FromPicture(stretched, form, cancellationToken);
        using var outputs = session.Run([(processing.InputName(0), input)], [processing.OutputName(0)], cancellationToken);
        var values = outputs.Values(processing.OutputName(0))[..(width * height)].ToArray();
        return Activated(new(width, height, values), processing.Outputs[0].Activation);
    }

    // Colours only: an opaque alpha would always be the largest.
    private static float Largest(Picture picture)
    {
        var colors = picture.HasAlpha ? picture.As(picture.Channels == 2 ? PixelFormat.Gray : PixelFormat.Rgb) : picture;
        return Math.Max((float)colors.Samples.Max(), 1e-6f);
    }

    private static (Plane Saliency, double Peak) Activated(Plane plane, OutputActivation activation)
    {
        var values = plane.Data.AsSpan();
        if (activation is OutputActivation.Sigmoid or OutputActivation.SigmoidStretch) TensorPrimitives.Sigmoid(values, values);
        float low = TensorPrimitives.Min(values), high = TensorPrimitives.Max(values);
        if (activation is OutputActivation.Stretch or OutputActivation.SigmoidStretch)
        {
            TensorPrimitives.Subtract(values, low, values);
            TensorPrimitives.Multiply(values, 1 / Math.Max(high - low, 1e-6f), values);
        }

        for (var i = 0; i < values.Length; i++) values[i] = float.IsNaN(values[i]) ? 0 : Math.Clamp(values[i], 0, 1);
        return (plane, float.IsNaN(high) ? 0 : Math.Clamp(high, 0, 1));
    }
}
