using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Inference;

/// <summary>
/// The one place that decides which mark a result carries: XMP <c>Iptc4xmpExt:DigitalSourceType</c>, whatever other metadata is
/// stripped. It follows from what the operation declares (<see cref="Operation.Source"/>), from the tier of the engine that ran,
/// and from the marks of the pictures that went in, so that a generated picture stays marked however often it is resized.
/// </summary>
public static class Provenance
{
    /// <summary>The mark of a result; null when it needs none.</summary>
    /// <param name="kind">What the operation declares.</param>
    /// <param name="tier">The tier of the engine that ran it: whether a trained model took part.</param>
    /// <param name="inputs">The marks of the pictures that went in; null for a picture without one.</param>
    public static DigitalSource? Of(SourceKind kind, EngineTier tier, params IEnumerable<DigitalSource?> inputs) =>
        inputs.Append(Own(kind, tier)).Max();

    private static DigitalSource? Own(SourceKind kind, EngineTier tier) => (kind, tier) switch
    {
        (SourceKind.Kept, _) => null,
        (SourceKind.Enhanced, EngineTier.Builtin) => DigitalSource.AlgorithmicallyEnhanced,
        (SourceKind.Composed, EngineTier.Builtin) => DigitalSource.CompositeSynthetic,
        (SourceKind.Generated, EngineTier.Builtin) => DigitalSource.AlgorithmicMedia,
        (SourceKind.Enhanced or SourceKind.Composed, EngineTier.Onnx or EngineTier.Remote) =>
            DigitalSource.CompositeWithTrainedAlgorithmicMedia,
        (SourceKind.Generated, EngineTier.Onnx or EngineTier.Remote) => DigitalSource.TrainedAlgorithmicMedia,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), (kind, tier), "No such kind of source or tier."),
    };
}
