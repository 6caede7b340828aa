using System.Text.Json;
using System.Text.Json.Nodes;

namespace PhotoStudio.Api.ImageGeneration;

/// <summary>Examples of answers for the API's documentation, written by the contracts of the answers.</summary>
internal static class GenerationExamples
{
    private static readonly Guid Request = Guid.Parse("0199f0aa-7c1e-7d3a-9b52-1f6d0c2e4a77");

    /// <summary>One picture.</summary>
    public static JsonNode One() => JsonSerializer.SerializeToNode(
        new GenerationResource { RequestId = Request, ImageBytes = File, Metadata = Metadata(42) }, GenerationJson.Default.GenerationResource)!;

    /// <summary>Several pictures.</summary>
    public static JsonNode Variations() => JsonSerializer.SerializeToNode(
        new VariationsResource { RequestId = Request, Images = [new(File, Metadata(42)), new(File, Metadata(43))] },
        GenerationJson.Default.VariationsResource)!;

    private static byte[] File => [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private static JsonObject Metadata(int seed) => new()
    {
        ["model"] = "scene-painter",
        ["engine"] = "scene-painter",
        ["tier"] = "builtin",
        ["steps"] = 30,
        ["seed"] = seed,
        ["width"] = 1024,
        ["height"] = 1024,
        ["method"] = "procedural",
        ["scene"] = "landscape",
        ["shown"] = new JsonArray("mountain", "lake", "sunset"),
        ["unrecognised_words"] = new JsonArray("zeppelin"),
    };
}
