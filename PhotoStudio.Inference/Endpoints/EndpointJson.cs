using System.Text.Json.Serialization;
using PhotoStudio.Inference.Endpoints.Models;

namespace PhotoStudio.Inference.Endpoints;

/// <summary>JSON that only people and dashboards read; what the studio's services read of each other is in the core.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelsResource))]
[JsonSerializable(typeof(ServiceResource))]
[JsonSerializable(typeof(WarmedModels))]
internal sealed partial class EndpointJson : JsonSerializerContext;
