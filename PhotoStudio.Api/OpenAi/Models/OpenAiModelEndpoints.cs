using PhotoStudio.Api.Json;

namespace PhotoStudio.Api.OpenAi.Models;

/// <summary>The models in OpenAI's form: <c>/v1/models</c>.</summary>
internal static class OpenAiModelEndpoints
{
    public static void AddOpenAiModels(this IHostApplicationBuilder builder)
    {
        builder.Services.AddJsonContext(OpenAiModelJson.Default);
        builder.Services.AddScoped<OpenAiModels>();
    }

    public static void MapOpenAiModels(this IEndpointRouteBuilder app)
    {
        var models = app.MapGroup("/v1/models").WithTags("OpenAI");
        models.MapGet("/", ListOpenAiModels.HandleAsync).WithName("ListOpenAiModels");
        models.MapGet("/{id}", ShowOpenAiModel.HandleAsync).WithName("ShowOpenAiModel");
    }
}
