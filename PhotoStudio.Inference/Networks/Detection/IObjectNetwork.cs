using PhotoStudio.Imaging;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Networks.Detection;

/// <summary>What the outputs of a family of object detectors mean. Classes are <see cref="CocoLabels"/>.</summary>
public interface IObjectNetwork
{
    /// <summary>The family in the catalogue.</summary>
    string Family { get; }

    /// <summary>Finds objects, the surest first; boxes may reach beyond the picture.</summary>
    /// <param name="session">The loaded network.</param>
    /// <param name="processing">What goes in and out of it.</param>
    /// <param name="picture">Any size; alpha is left out.</param>
    /// <param name="minScore">How sure a find must be, 0–1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="Core.Inference.InferenceException">The network is not of the family, or it failed.</exception>
    IReadOnlyList<ScoredBox> Find(
        OnnxSession session, ModelProcessing processing, Picture picture, float minScore, CancellationToken cancellationToken);
}
