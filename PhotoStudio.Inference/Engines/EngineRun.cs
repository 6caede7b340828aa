using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Inference.Engines;

/// <summary>What an engine is given for one run.</summary>
/// <param name="Parameters">The validated parameters.</param>
/// <param name="Inputs">The pictures, headers read and limits checked, not decoded yet.</param>
/// <param name="Codec">For engines that resize on the way.</param>
/// <param name="Progress">Hears how far the run is, 0–1. May be told from any thread and never throws; a step back is passed over.</param>
/// <param name="Cores">How many threads the run may use, at least 1.</param>
public sealed record EngineRun(
    OperationParameters Parameters,
    IReadOnlyList<EngineInput> Inputs,
    IPictureCodec Codec,
    IProgress<InferenceProgress> Progress,
    int Cores)
{
    /// <summary>The picture in a slot that may be empty; null when it is.</summary>
    public EngineInput? FindInput(string slot) => Inputs.FirstOrDefault(input => input.Slot == slot);

    /// <summary>The picture in a slot.</summary>
    /// <exception cref="InferenceException">The slot is empty.</exception>
    public EngineInput Input(string slot = "image") =>
        FindInput(slot)
        ?? throw new InferenceException(InferenceFault.InvalidInput, "picture_missing", $"The operation needs a picture named '{slot}'.");
}

/// <summary>A picture's file with its header.</summary>
/// <param name="Slot">The input slot's wire name.</param>
/// <param name="File">The bytes as they were uploaded.</param>
/// <param name="Header">What the header says.</param>
/// <param name="Codec">Decodes it.</param>
/// <param name="Limits">What may be decoded.</param>
public sealed record EngineInput(string Slot, ReadOnlyMemory<byte> File, PictureHeader Header, IPictureCodec Codec, PictureLimits Limits)
{
    /// <summary>The picture at full size.</summary>
    public Picture Decode(CancellationToken cancellationToken) => Codec.Decode(File, Limits, cancellationToken);

    /// <summary>The picture at another size; cheaper than decoding and resizing.</summary>
    public Picture DecodeScaled(ScaledSize size, CancellationToken cancellationToken) =>
        Codec.DecodeScaled(File, size, Limits, cancellationToken);
}

/// <summary>What an engine delivers.</summary>
public sealed record EngineOutput
{
    /// <summary>The pictures, in order.</summary>
    public IReadOnlyList<Picture> Pictures { get; init; } = [];

    /// <summary>JSON for an operation that delivers data.</summary>
    public string? Data { get; init; }

    /// <summary>The model it used.</summary>
    public string? Model { get; init; }

    /// <summary>The seed it used.</summary>
    public long? Seed { get; init; }

    /// <summary>How sure it is, 0–1.</summary>
    public double? Confidence { get; init; }

    /// <summary>What the owner should know about the result, a sentence each, such as what was asked for and could not be used.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
}
