using Microsoft.Extensions.DependencyInjection.Extensions;
using PhotoStudio.Api.Json;
using PhotoStudio.Core.Prompts;

namespace PhotoStudio.Api.Prompts;

/// <summary>Prompts made better, judged and taken apart; stored nowhere: <c>/api/v1/prompt-refinement</c>.</summary>
internal static class PromptEndpoints
{
    public static void AddPrompts(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPromptRefiner, RuleBasedPromptRefiner>());
        builder.Services.AddSingleton<PromptRefiners>();
        builder.Services.AddJsonContext(PromptJson.Default);
    }

    public static void MapPrompts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/prompt-refinement").WithTags("Prompts");
        group.MapPost("/refine", RefinePrompt.HandleAsync)
            .WithName("RefinePrompt")
            .WithSummary("Makes words into a prompt that an image model does well with")
            .WithDescription("Translates Vietnamese and Spanish, moves what is ruled out into the negative prompt, resolves contradictions and adds style, light, "
                + "lens and quality terms that suit the subject. Nothing is stored.");
        group.MapPost("/validate", ValidatePrompt.Handle)
            .WithName("ValidatePrompt")
            .WithSummary("Judges a prompt: length, tokens, unsafe content, contradictions, and what would make it better");
        group.MapPost("/extract-negative", ExtractNegative.Handle)
            .WithName("ExtractNegativePrompt")
            .WithSummary("Takes what a prompt rules out (\"NOT blurry\", \"không mờ\", \"sin gente\") out of it");
    }
}
