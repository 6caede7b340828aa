using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Detection;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.DetectObjects;

/// <summary>Finds and names objects by <see cref="YoloxNetwork"/>: the surest of the detectors.</summary>
public sealed class YoloxEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ObjectDetectionEngine(new YoloxNetwork(), models, sessions, device)
{
    /// <inheritdoc/>
    public override int Rank => 2;
}
