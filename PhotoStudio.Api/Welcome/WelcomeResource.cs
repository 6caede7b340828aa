using System.Text.Json.Serialization;

namespace PhotoStudio.Api.Welcome;

/// <summary>What the studio says at its door.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Message">A greeting.</param>
/// <param name="Documentation">Where to read about it.</param>
/// <param name="Endpoints">Its endpoints, by group.</param>
/// <param name="Operations">What it can do to a picture.</param>
public sealed record WelcomeResource(
    string Name,
    string Version,
    string Message,
    IReadOnlyDictionary<string, string> Documentation,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Endpoints,
    IReadOnlyList<string> Operations);

/// <summary>The contract of the welcome.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WelcomeResource))]
public sealed partial class WelcomeJson : JsonSerializerContext;
