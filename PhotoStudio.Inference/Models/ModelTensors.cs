using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Models;

/// <summary>What the catalogue states of a model, as the sessions and tensors that run it.</summary>
public static class ModelTensors
{
    /// <summary>The installed model of a family that comes first. One of half precision is for GPUs: the processor takes another if there is one.</summary>
    /// <param name="models">The installed models.</param>
    /// <param name="family">The family in the catalogue.</param>
    /// <param name="onGpu">Whether it is to run on a GPU.</param>
    /// <exception cref="InferenceException">
    /// None is installed any more (<see cref="InferenceFault.Unavailable"/>); the message has the command that changes it.
    /// </exception>
    public static InstalledModel RequireFamily(this IModelStore models, string family, bool onGpu = false)
    {
        ArgumentNullException.ThrowIfNull(models);
        return models.Catalogue.Family(family).OrderBy(entry => entry.HalfPrecision && !onGpu).Select(entry => models.Find(entry.Id)).FirstOrDefault(model => model is not null)
            ?? throw new InferenceException(InferenceFault.Unavailable, "model_missing", models.MissingFamily(family) ?? $"No model of {family} is installed.");
    }

    /// <summary>The model's file with what is expected of its inputs and outputs.</summary>
    /// <param name="model">The model.</param>
    /// <param name="checkShapes">Whether the file's shapes have to be the catalogue's; not for families whose files differ in them.</param>
    public static OnnxModel ToOnnx(this InstalledModel model, bool checkShapes = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        var processing = model.Entry.Processing;
        return new(
            model.Path,
            [.. processing.Inputs.Select((input, index) => new TensorSignature(input.Name ?? TensorSignature.At(index), Shape(input.Shape))
            {
                AllowsBytes = input.Element == InputElement.Byte,
            })],
            [.. processing.Outputs.Select((output, index) => new TensorSignature(output.Name ?? TensorSignature.At(index), Shape(output.Shape))
            {
                AllowsBytes = processing.Inputs.Any(input => input.Element == InputElement.Byte),
            })]);

        int?[] Shape(IReadOnlyList<int?> shape) => checkShapes ? [.. shape] : [];
    }

    /// <summary>What an input is called in a run: its name, or its place where it has none.</summary>
    public static string InputName(this ModelProcessing processing, int index)
    {
        ArgumentNullException.ThrowIfNull(processing);
        return processing.Inputs[index].Name ?? TensorSignature.At(index);
    }

    /// <summary>What an output is called in a run: its name, or its place where it has none.</summary>
    public static string OutputName(this ModelProcessing processing, int index)
    {
        ArgumentNullException.ThrowIfNull(processing);
        return processing.Outputs[index].Name ?? TensorSignature.At(index);
    }

    /// <summary>Channels and normalisation of an input.</summary>
    public static TensorForm Form(this ModelInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new(input.Channels, (float)(1 / input.Divisor))
        {
            Mean = [.. input.Mean.Select(value => (float)value)],
            Deviation = [.. input.Std.Select(value => (float)value)],
        };
    }

    /// <summary>Channels and range of an output that is a picture.</summary>
    public static TensorForm Form(this ModelOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);

        // A sample is 255 · (value − low) / (high − low), so that a value is sample · (high − low) / 255 + low.
        var mean = (float)-output.Low;
        return new(output.Channels, (float)((output.High - output.Low) / 255))
        {
            Mean = output.Channels == ChannelOrder.Gray ? [mean] : [mean, mean, mean],
        };
    }

    /// <summary>Width and height of an input of one size, in pixels.</summary>
    /// <exception cref="InvalidOperationException">It takes any size.</exception>
    public static (int Width, int Height) Size(this ModelInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Shape is [_, _, { } height, { } width]
            ? (width, height)
            : throw new InvalidOperationException("The input takes pictures of any size.");
    }

    /// <summary>A picture as an input of one size: placed, padded, normalised.</summary>
    /// <param name="input">The input.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="place">Where the picture lies in the input.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static FloatTensor Prepare(this ModelInput input, Picture picture, Letterbox place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(place);
        var (width, height) = input.Size();
        var placed = place.Place(picture, width, height, input.Filter, (byte)input.Pad, cancellationToken);
        return PictureTensors.FromPicture(placed, input.Form(), cancellationToken);
    }

    /// <summary>The same for an input that pictures are stretched to.</summary>
    /// <inheritdoc cref="Prepare(ModelInput, Picture, Letterbox, CancellationToken)"/>
    public static FloatTensor Prepare(this ModelInput input, Picture picture, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var (width, height) = input.Size();
        return input.Prepare(picture, Letterbox.Stretched(picture.Width, picture.Height, width, height), cancellationToken);
    }
}
