using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Features;

/// <summary>Single features: <c>/v1/features</c>, and the same under <c>/api/v1/features</c>.</summary>
internal static class FeaturesEndpoints
{
    private static readonly CallRules RemoveBackgroundRules = new()
    {
        RejectUnknown = false,
        Presets = new Dictionary<string, RawValue>(StringComparer.Ordinal) { [OutputParameters.Format.Name] = RawValue.FromText("png") },
    };

    public static void AddFeatures(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<FeatureCalls>();
        builder.Services.AddJsonContext(FeatureJson.Default);
    }

    public static void MapFeatures(this IEndpointRouteBuilder routes)
    {
        foreach (var (prefix, name) in ((string, string)[])[("/v1/features", "Short"), ("/api/v1/features", "")])
        {
            routes.MapPost($"{prefix}/remove-background", RemoveBackgroundAsync)
                .AcceptsPictures()
                .DisableAntiforgery()
                .WithName($"FeatureRemoveBackground{name}")
                .WithTags("Features")
                .WithSummary("Cuts the subject out: a PNG with alpha")
                .WithDescription("Waits for the result, stores it and answers with its URL; with `Accept: image/*`, the picture itself.")
                .DocumentsCallOf("remove-background")
                .WithExample(StatusCodes.Status200OK, Examples.Feature);
            routes.MapFeatureTasks(prefix, name);
        }
    }

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> RemoveBackgroundAsync(
        HttpContext http,
        Caller caller,
        FeatureCalls features) =>
        features.AnswerAsync(http, caller, "remove-background", RemoveBackgroundRules, withBytes: false);
}
