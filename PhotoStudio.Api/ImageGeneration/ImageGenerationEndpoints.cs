using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Pictures;

namespace PhotoStudio.Api.ImageGeneration;

/// <summary>Pictures from words, stored nowhere: <c>/api/v1/image-generation</c> and <c>/v1/image/generate</c>.</summary>
internal static class ImageGenerationEndpoints
{
    private const string Stateless = "Nothing is stored. The JSON carries the picture as base64 and, in `metadata`, what made it, "
        + "what it shows and the words that could not be shown.";

    public static void AddImageGeneration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<StatelessCalls>();
        builder.Services.AddJsonContext(GenerationJson.Default);
    }

    public static void MapImageGeneration(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/image-generation").WithTags("Generation");
        Describe(group.MapPost("/generate", GenerateImages.OneAsync), "GenerateImage", "Makes a picture from a prompt");
        Describe(
            group.MapPost("/generate-variations", GenerateImages.SeveralAsync),
            "GenerateVariations",
            "Makes several pictures from a prompt, or after a picture; num_variations says how many, 1 to 8");
        foreach (var (path, name) in ((string, string)[])[("/v1/image/generate", "Short"), ("/api/v1/image/generate", "")])
        {
            Describe(
                routes.MapPost(path, GenerateImages.WithIntentAsync).WithTags("Generation"),
                $"GenerateImageWithIntent{name}",
                "Makes a picture from a prompt that is refined first, and tells the intent");
        }
    }

    private static void Describe(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .AcceptsPictures()
        .DisableAntiforgery()
        .WithName(name)
        .WithSummary(summary)
        .WithDescription(Stateless)
        .DocumentsCallOf("generate")
        .WithExample(StatusCodes.Status200OK, name == "GenerateVariations" ? GenerationExamples.Variations : GenerationExamples.One);
}
