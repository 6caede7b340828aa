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
        foreach (var input in Inputs) input.CheckInput(session.InputMetadata, faults);
        foreach (var output in Outputs) output.CheckOutput(session.OutputMetadata, faults);
        faults.AddRange(session.InputMetadata.Keys.Except(Inputs.Select(input => input.Name), StringComparer.Ordinal)
            .Select(name => $"it asks for an input '{name}' that the engine does not know"));
        if (faults.Count == 0) return;

        throw new InferenceException(
            InferenceFault.Unavailable,
            "model_mismatch",
            $"The model file {FileName} is not the model that this engine works with: {string.Join("; ", faults)}. "
            + "Put the model that the catalogue names in its place.");
    }
}

/// <summary>An input or output of a model: 32-bit floats of a shape.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Shape">Its dimensions; null is any size. An engine that sends any size needs a model that takes any.</param>
public sealed record TensorSignature(string Name, params int?[] Shape)
{
    internal void CheckInput(IReadOnlyDictionary<string, NodeMetadata> inputs, List<string> faults) =>
        Check("input", inputs, faults, (wanted, actual) => actual < 0 || actual == wanted);

    internal void CheckOutput(IReadOnlyDictionary<string, NodeMetadata> outputs, List<string> faults) =>
        Check("output", outputs, faults, (wanted, actual) => wanted is null || actual < 0 || actual == wanted);

    private void Check(string kind, IReadOnlyDictionary<string, NodeMetadata> actual, List<string> faults, Func<int?, int, bool> fits)
    {
        if (!actual.TryGetValue(Name, out var found))
            faults.Add($"it has no {kind} '{Name}', only {string.Join(", ", actual.Keys.Select(name => $"'{name}'"))}");
        else if (!found.IsTensor || found.ElementDataType != TensorElementType.Float)
            faults.Add($"its {kind} '{Name}' is not a tensor of 32-bit floats");
        else if (found.Dimensions.Length != Shape.Length || !Shape.Zip(found.Dimensions, fits).All(fit => fit))
            faults.Add($"its {kind} '{Name}' has the shape {Text(found.Dimensions)}, not {Text(Shape.Select(size => size ?? -1))}");
    }

    private static string Text(IEnumerable<int> shape) => $"[{string.Join(", ", shape.Select(size => size < 0 ? "any" : $"{size}"))}]";
}
