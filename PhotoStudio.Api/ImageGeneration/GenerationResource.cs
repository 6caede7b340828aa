using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PhotoStudio.Api.ImageGeneration;

/// <summary>A picture made from words; nothing of it is stored.</summary>
public sealed record GenerationResource
{
    /// <summary>Always true; problems carry false.</summary>
    public bool Success => true;

    /// <summary>Identifies the request in logs and traces.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The picture's file as base64.</summary>
    public required byte[] ImageBytes { get; init; }

    /// <summary>
    /// What made it: <c>model</c>, <c>engine</c>, <c>steps</c>, <c>seed</c>, <c>width</c>, <c>height</c>, and what the engine tells about
    /// the picture, such as <c>shown</c> and <c>unrecognised_words</c>.
    /// </summary>
    public required JsonObject Metadata { get; init; }

    /// <summary>What the prompt was taken for, on the endpoints that tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Intent { get; init; }

    /// <summary>How sure the studio is of the intent, 0–1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Confidence { get; init; }

    /// <summary>The prompt that the engine was given, on the endpoints that refine it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RefinedPrompt { get; init; }

    /// <summary>What the engine was told to leave out, on the same endpoints.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NegativePrompt { get; init; }
}

/// <summary>Several pictures of one request; nothing of them is stored.</summary>
public sealed record VariationsResource
{
    /// <summary>Always true; problems carry false.</summary>
    public bool Success => true;

    /// <summary>Identifies the request in logs and traces.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The pictures, each of its own seed.</summary>
    public required IReadOnlyList<VariationResource> Images { get; init; }
}

/// <summary>One of several pictures.</summary>
/// <param name="ImageBytes">The picture's file as base64.</param>
/// <param name="Metadata">What made it, as in <see cref="GenerationResource.Metadata"/>.</param>
public sealed record VariationResource(byte[] ImageBytes, JsonObject Metadata);

/// <summary>The contracts of stateless generation.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GenerationResource))]
[JsonSerializable(typeof(VariationsResource))]
public sealed partial class GenerationJson : JsonSerializerContext;
