using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Detection;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.DetectObjects;

/// <summary>Finds and names objects by <see cref="NanoDetNetwork"/>.</summary>
public sealed class NanoDetEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ObjectDetectionEngine(new NanoDetNetwork(), models, sessions, device)
{
    /// <inheritdoc/>
    public override int Rank => 1;
}
