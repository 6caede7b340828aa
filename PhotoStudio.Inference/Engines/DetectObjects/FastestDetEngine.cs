using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Networks.Detection;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines.DetectObjects;

/// <summary>Finds and names objects by <see cref="FastestDetNetwork"/>: the smallest of the detectors.</summary>
public sealed class FastestDetEngine(IModelStore models, OnnxSessions sessions, ExecutionDevice device)
    : ObjectDetectionEngine(new FastestDetNetwork(), models, sessions, device);
