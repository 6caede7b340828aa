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
    /// <summary>
    /// How many frames the run keeps: all of an animation when the operation declares <see cref="Operation.KeepsAnimation"/> and the
    /// result's format can hold them, otherwise 1.
    /// </summary>
    public int Frames { get; init; } = 1;

    /// <summary>The frames that the run keeps, at full size or at another one.</summary>
    public Animation DecodeFrames(ScaledSize? size, CancellationToken cancellationToken)
    {
        if (Frames > 1) return Codec.DecodeFrames(File, size, Limits, cancellationToken);
        return Animation.Still(size is null ? Decode(cancellationToken) : DecodeScaled(size, cancellationToken));
    }

    /// <summary>The picture at full size; of an animation the first frame.</summary>
    public Picture Decode(CancellationToken cancellationToken) => Codec.Decode(File, Limits, cancellationToken);

    /// <summary>The picture at another size; cheaper than decoding and resizing.</summary>
    public Picture DecodeScaled(ScaledSize size, CancellationToken cancellationToken) =>
        Codec.DecodeScaled(File, size, Limits, cancellationToken);
}

/// <summary>What an engine delivers.</summary>
public sealed record EngineOutput
{
    /// <summary>One picture, or the animation that it is.</summary>
    public static EngineOutput Of(Animation animation) =>
        animation.Frames.Count == 1 ? new() { Pictures = animation.Frames } : new() { Animation = animation };

    /// <summary>The pictures, in order.</summary>
    public IReadOnlyList<Picture> Pictures { get; init; } = [];

    /// <summary>Frames with their times, in place of <see cref="Pictures"/>, for an operation that keeps animations.</summary>
    public Animation? Animation { get; init; }

    /// <summary>JSON for an operation that delivers data.</summary>
    public string? Data { get; init; }

    /// <summary>The model it used.</summary>
    public string? Model { get; init; }

    /// <summary>The seed it used.</summary>
    public long? Seed { get; init; }

    /// <summary>How sure it is, 0–1.</summary>
    public double? Confidence { get; init; }

    /// <summary>
    /// What it did, where it called other engines: decides the mark of the result in place of the operation's own declaration. Null for an
    /// engine that did all of it.
    /// </summary>
    public IReadOnlyList<EnginePart>? Parts { get; init; }

    /// <summary>What the owner should know about the result, a sentence each, such as what was asked for and could not be used.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>A part of a run that another engine did.</summary>
/// <param name="Source">What its operation does to where a picture comes from.</param>
/// <param name="Tier">The tier of the engine.</param>
public sealed record EnginePart(SourceKind Source, EngineTier Tier);
