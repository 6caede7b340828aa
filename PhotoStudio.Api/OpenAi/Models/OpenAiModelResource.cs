using System.Text.Json.Serialization;

namespace PhotoStudio.Api.OpenAi.Models;

/// <summary>The models, as OpenAI's <c>GET /v1/models</c> has them.</summary>
/// <param name="Object">Always <c>list</c>.</param>
/// <param name="Data">The models.</param>
public sealed record OpenAiModelList(string Object, IReadOnlyList<OpenAiModelResource> Data);

/// <summary>A model, as OpenAI's <c>GET /v1/models/{id}</c> has it.</summary>
/// <param name="Id">An id of the catalogue, or <c>operation.engine</c> for an engine that needs no model.</param>
/// <param name="Object">Always <c>model</c>.</param>
/// <param name="Created">When it was installed, in seconds since 1970.</param>
/// <param name="OwnedBy"><c>photostudio</c> for the studio's own engines, <c>catalogue</c> for installed models, <c>remote</c> for services.</param>
/// <param name="Operations">What it does, by the operations' wire names.</param>
public sealed record OpenAiModelResource(string Id, string Object, long Created, string OwnedBy, IReadOnlyList<string> Operations);

/// <summary>The contracts of this feature.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OpenAiModelList))]
[JsonSerializable(typeof(OpenAiModelResource))]
public sealed partial class OpenAiModelJson : JsonSerializerContext;
