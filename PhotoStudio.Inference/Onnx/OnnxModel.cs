using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Onnx;

/// <summary>A model's file and what an engine expects of it.</summary>
/// <param name="Path">Where the file is.</param>
/// <param name="Inputs">Every input that the engine gives.</param>
/// <param name="Outputs">The outputs that the engine reads; the model may have more.</param>
public sealed record OnnxModel(string Path, IReadOnlyList<TensorSignature> Inputs, IReadOnlyList<TensorSignature> Outputs)
{
    /// <summary>The file's name, for messages.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>Compares what the engine expects with what the file has.</summary>
    /// <exception cref="InferenceException">
    /// They differ (<see cref="InferenceFault.Unavailable"/>, code <c>model_mismatch</c>); the message names every difference.
    /// </exception>
    internal void Check(InferenceSession session)
    {
        var faults = new List<string>();
        foreach (var input in Inputs) input.CheckInput(session, faults);
        foreach (var output in Outputs) output.CheckOutput(session, faults);
        faults.AddRange(session.InputNames.Except(Inputs.Select(input => TensorSignature.Resolve(input.Name, session.InputNames)), StringComparer.Ordinal)
            .Select(name => $"it asks for an input '{name}' that the engine does not know"));
        if (faults.Count == 0) return;

        throw new InferenceException(
            InferenceFault.Unavailable,
            "model_mismatch",
            $"The model file {FileName} is not the model that this engine works with: {string.Join("; ", faults)}. "
            + "Put the model that the catalogue names in its place.");
    }
}

/// <summary>
/// An input or output of a model: a tensor of floats of a shape. Half-precision floats stand for 32-bit ones; they are converted on the way.
/// </summary>
/// <param name="Name">Its name in the model, or <see cref="At"/> for its place, where publishers export the same graph under several names.</param>
/// <param name="Shape">
/// Its dimensions; null is any size. An engine that sends any size needs a model that takes any. None at all leaves the shape unchecked.
/// </param>
public sealed record TensorSignature(string Name, params int?[] Shape)
{
    /// <summary>Whether the model may take or give whole numbers 0–255 in place of floats; they are converted on the way.</summary>
    public bool AllowsBytes { get; init; }

    /// <summary>The name that stands for an input or output by its place.</summary>
    /// <param name="index">Its place, from 0.</param>
    public static string At(int index) => $"#{index}";

    /// <summary>The name in the model that <paramref name="name"/> stands for; itself when it stands for none.</summary>
    internal static string Resolve(string name, IReadOnlyList<string> names) =>
        name.StartsWith('#') && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < names.Count
            ? names[index]
            : name;

    internal void CheckInput(InferenceSession session, List<string> faults) =>
        Check("input", session.InputMetadata, session.InputNames, faults, (wanted, actual) => actual < 0 || actual == wanted);

    internal void CheckOutput(InferenceSession session, List<string> faults) =>
        Check("output", session.OutputMetadata, session.OutputNames, faults, (wanted, actual) => wanted is null || actual < 0 || actual == wanted);

    private void Check(
        string kind, IReadOnlyDictionary<string, NodeMetadata> actual, IReadOnlyList<string> names, List<string> faults, Func<int?, int, bool> fits)
    {
        var name = Resolve(Name, names);
        if (!actual.TryGetValue(name, out var found))
            faults.Add($"it has no {kind} '{name}', only {string.Join(", ", actual.Keys.Select(other => $"'{other}'"))}");
        else if (!found.IsTensor || !IsTaken(found.ElementDataType))
            faults.Add($"its {kind} '{name}' is not a tensor of 32-bit floats");
        else if (Shape.Length > 0 && (found.Dimensions.Length != Shape.Length || !Shape.Zip(found.Dimensions, fits).All(fit => fit)))
            faults.Add($"its {kind} '{name}' has the shape {Text(found.Dimensions)}, not {Text(Shape.Select(size => size ?? -1))}");
    }

    private bool IsTaken(TensorElementType type) =>
        type is TensorElementType.Float or TensorElementType.Float16 || (AllowsBytes && type == TensorElementType.UInt8);

    private static string Text(IEnumerable<int> shape) => $"[{string.Join(", ", shape.Select(size => size < 0 ? "any" : $"{size}"))}]";
}
