using System.Text.Json.Serialization;

namespace PhotoStudio.Inference.Engines.DetectObjects;

/// <summary>What detection delivers.</summary>
/// <param name="Objects">The finds, the surest first.</param>
/// <param name="Width">Width of the upright picture in pixels.</param>
/// <param name="Height">Height of the upright picture in pixels.</param>
internal sealed record DetectedObjects(IReadOnlyList<DetectedObject> Objects, int Width, int Height);

/// <summary>A find.</summary>
/// <param name="Label">What it is; <c>region</c> for something that stands out.</param>
/// <param name="Score">How sure, 0–1.</param>
/// <param name="Box">Where it is.</param>
internal sealed record DetectedObject(string Label, double Score, DetectedBox Box);

/// <summary>A box in pixels of the upright picture; trained models tell it to a tenth.</summary>
internal sealed record DetectedBox(double X, double Y, double Width, double Height);

/// <summary>The contract of detection's data.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DetectedObjects))]
internal sealed partial class DetectedObjectsJson : JsonSerializerContext;
