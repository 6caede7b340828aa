using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.Restoration;

/// <summary>What was found in a picture; nothing of it is stored.</summary>
public sealed record DetectedObjectsResource
{
    /// <summary>The finds, the surest first.</summary>
    public required IReadOnlyList<DetectedObjectResource> Objects { get; init; }

    /// <summary>Width of the upright picture in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the upright picture in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>What found them.</summary>
    public EngineResource? Metadata { get; init; }

    /// <summary>An example for the API's documentation.</summary>
    internal static JsonNode Example() => System.Text.Json.JsonSerializer.SerializeToNode(
        new DetectedObjectsResource
        {
            Objects = [new("region", 0.91, new(212, 96, 388, 540))],
            Width = 1024,
            Height = 768,
            Metadata = new("salient-regions", "builtin", "1", null, "cpu", null, 184.2, null, ["Found by what stands out; labels need a trained model."]),
        },
        RestorationJson.Default.DetectedObjectsResource)!;
}

/// <summary>A find.</summary>
/// <param name="Label">What it is; <c>region</c> for something that stands out.</param>
/// <param name="Score">How sure, 0–1.</param>
/// <param name="Box">Where it is.</param>
public sealed record DetectedObjectResource(string Label, double Score, DetectedBoxResource Box);

/// <summary>A box in pixels of the upright picture.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public sealed record DetectedBoxResource(int X, int Y, int Width, int Height);

/// <summary>The contracts of detection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DetectedObjectsResource))]
public sealed partial class RestorationJson : JsonSerializerContext;
