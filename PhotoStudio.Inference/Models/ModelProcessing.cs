using System.Collections.Frozen;
using System.Text.Json.Serialization;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Models;

/// <summary>What a model is given and what it answers, as its publisher states it.</summary>
/// <remarks>
/// The setters put the default in place of what JSON leaves out: the generated reader calls every one of them, with 0 or null then.
/// </remarks>
public sealed record ModelProcessing
{
    /// <summary>Nothing in, nothing out.</summary>
    public static ModelProcessing None { get; } = new() { Inputs = [], Outputs = [] };

    /// <summary>The inputs, in the model's order.</summary>
    public required IReadOnlyList<ModelInput> Inputs { get; init; }

    /// <summary>The outputs that are read, in the model's order; it may have more behind them.</summary>
    public required IReadOnlyList<ModelOutput> Outputs { get; init; }

    /// <summary>Numbers that the publisher's own post-processing uses, such as <c>score</c> and <c>iou</c>.</summary>
    public IReadOnlyDictionary<string, double> Thresholds { get; init => field = value ?? FrozenDictionary<string, double>.Empty; } =
        FrozenDictionary<string, double>.Empty;

    /// <summary>How a picture is cut where the model takes pieces of one size or a whole picture would take too much memory.</summary>
    public ModelTile? Tile { get; init; }

    /// <summary>How many times as wide and as high as the picture that goes in the one that comes out is; 1 for most.</summary>
    public int Factor { get; init => field = value == 0 ? 1 : value; } = 1;

    /// <summary>A number of the publisher's post-processing.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public double Threshold(string name) => Thresholds[name];
}

/// <summary>
/// An input. A sample x of the picture, 0–255, goes in as <c>(x / Divisor − Mean[channel]) / Std[channel]</c>, where channel counts in
/// the order of <see cref="Channels"/>.
/// </summary>
public sealed record ModelInput
{
    /// <summary>Its name in the model; null where it is not published, and the model's own input at this place is meant.</summary>
    public string? Name { get; init; }

    /// <summary>Its dimensions; null is any size.</summary>
    public required IReadOnlyList<int?> Shape { get; init; }

    /// <summary>What is put in.</summary>
    public InputContent Content { get; init; }

    /// <summary>The type of its numbers.</summary>
    public InputElement Element { get; init; }

    /// <summary>The order of the picture's channels.</summary>
    public ChannelOrder Channels { get; init; }

    /// <summary>What samples are divided by: 1 leaves 0–255, 255 makes 0–1.</summary>
    public double Divisor { get; init => field = value == 0 ? 1 : value; } = 1;

    /// <summary>Samples are divided by the largest one in the picture instead of by <see cref="Divisor"/>.</summary>
    public bool DivideByLargest { get; init; }

    /// <summary>What is taken away from each channel; empty is 0.</summary>
    public IReadOnlyList<double> Mean { get; init => field = value ?? []; } = [];

    /// <summary>What each channel is divided by after that; empty is 1.</summary>
    public IReadOnlyList<double> Std { get; init => field = value ?? []; } = [];

    /// <summary>How the picture comes to the input's size.</summary>
    public PictureFit Fit { get; init; }

    /// <summary>The sample that fills what the picture leaves free, 0–255.</summary>
    public double Pad { get; init; }

    /// <summary>How it is resampled.</summary>
    public ResampleFilter Filter { get; init; }

    /// <summary>Width and height must be multiples of this many pixels; 1 is any.</summary>
    public int Multiple { get; init => field = value == 0 ? 1 : value; } = 1;
}

/// <summary>An output.</summary>
/// <param name="Shape">Its dimensions; null is any size. Empty where they are not published.</param>
/// <param name="Name">Its name in the model; null where it is not published, and the model's own output at this place is meant.</param>
/// <param name="Channels">The order of its channels, where it is a picture.</param>
/// <param name="Low">What black, or nothing, is in it.</param>
/// <param name="High">What white, or all, is in it.</param>
/// <param name="Activation">What its values have to go through before <paramref name="Low"/> and <paramref name="High"/> hold.</param>
public sealed record ModelOutput(
    IReadOnlyList<int?> Shape,
    string? Name = null,
    ChannelOrder Channels = ChannelOrder.Rgb,
    double Low = 0,
    double High = 1,
    OutputActivation Activation = OutputActivation.None);

/// <summary>Pieces of a picture.</summary>
/// <param name="Size">Width and height of a piece in pixels.</param>
/// <param name="Overlap">How many pixels neighbours have in common.</param>
public sealed record ModelTile(int Size, int Overlap);

/// <summary>What an input is given.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InputContent>))]
public enum InputContent
{
    /// <summary>The picture's colours.</summary>
    Picture,

    /// <summary>The picture's luma.</summary>
    Luma,

    /// <summary>A mask that is 1 where something is to be filled in.</summary>
    Hole,

    /// <summary>A mask that is white where the picture is kept.</summary>
    Keep,

    /// <summary>What another model made of a face.</summary>
    Embedding,
}

/// <summary>The type of an input's numbers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InputElement>))]
public enum InputElement
{
    /// <summary>32-bit floats.</summary>
    Float,

    /// <summary>Bytes.</summary>
    Byte,
}

/// <summary>How a picture comes to the size of an input.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PictureFit>))]
public enum PictureFit
{
    /// <summary>Width and height each on their own.</summary>
    Stretch,

    /// <summary>As large as fits, at the top left; the rest is filled.</summary>
    TopLeft,

    /// <summary>As large as fits, in the middle; the rest is filled.</summary>
    Centre,

    /// <summary>At its own size, or in pieces of it.</summary>
    Own,

    /// <summary>Five points of a face brought to where the model expects them.</summary>
    Face,
}

/// <summary>What an output's values go through.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutputActivation>))]
public enum OutputActivation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>1 / (1 + e^−x).</summary>
    Sigmoid,

    /// <summary>The smallest value becomes 0 and the largest 1.</summary>
    Stretch,

    /// <summary><see cref="Sigmoid"/>, then <see cref="Stretch"/>.</summary>
    SigmoidStretch,

    /// <summary>e^x over the sum of all classes' e^x.</summary>
    Softmax,
}
