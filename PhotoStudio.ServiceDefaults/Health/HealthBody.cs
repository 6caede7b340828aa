using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhotoStudio.ServiceDefaults.Health;

/// <summary>What <c>/health</c> and <c>/alive</c> answer.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>: the worst of the parts.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Parts">The parts by name.</param>
public sealed record HealthBody(string Status, string Message, IReadOnlyDictionary<string, HealthPart> Parts)
{
    /// <summary>Every part works.</summary>
    public const string Healthy = "healthy";

    /// <summary>It works, but not everything does.</summary>
    public const string Degraded = "degraded";

    /// <summary>It cannot do its work.</summary>
    public const string Unhealthy = "unhealthy";
}

/// <summary>One part of a service.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Message">What is wrong and what helps; absent when there is nothing to say.</param>
/// <param name="Data">Figures, such as free bytes.</param>
public sealed record HealthPart(string Status, string? Message, IReadOnlyDictionary<string, JsonElement>? Data);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthBody))]
internal sealed partial class HealthJsonContext : JsonSerializerContext;
