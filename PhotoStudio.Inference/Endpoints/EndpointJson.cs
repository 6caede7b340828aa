using System.Text.Json.Serialization;
using PhotoStudio.Core.Inference.Wire;
using PhotoStudio.Core.Models;
using PhotoStudio.Inference.Endpoints.Models;

namespace PhotoStudio.Inference.Endpoints;

/// <summary>JSON that only people and dashboards read; what the studio's services read of each other is in the core.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireEnumConverter<ModelState>)])]
[JsonSerializable(typeof(ModelsResource))]
[JsonSerializable(typeof(ServiceResource))]
internal sealed partial class EndpointJson : JsonSerializerContext;
