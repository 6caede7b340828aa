using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace PhotoStudio.Api.Documentation;

/// <summary>Parts of the document that are written as JSON, because what they describe is JSON Schema already.</summary>
internal static class Fragments
{
    /// <summary>Reads a part of an OpenAPI 3.1 document.</summary>
    /// <exception cref="InvalidOperationException">The JSON is not valid as such a part.</exception>
    public static T Read<T>(JsonObject json, OpenApiDocument document)
        where T : IOpenApiElement
    {
        var read = OpenApiModelFactory.Parse<T>(json.ToJsonString(), OpenApiSpecVersion.OpenApi3_1, document, out var diagnostic, "json");
        if (read is null || diagnostic.Errors.Count > 0)
            throw new InvalidOperationException($"{typeof(T).Name}: {string.Join("; ", diagnostic.Errors.Select(error => error.ToString()))}");
        return read;
    }
}
