using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Features;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.ImageEnhancement;

/// <summary>Automatic correction of photographs: <c>/api/v1/image-enhancement</c>.</summary>
internal static class ImageEnhancementEndpoints
{
    private const string Operation = "enhance";

    private static readonly CallRules Rules = new() { RejectUnknown = false };

    public static void MapImageEnhancement(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/image-enhancement/enhance", EnhanceAsync)
            .AcceptsPictures()
            .DisableAntiforgery()
            .WithTags("Features")
            .WithName("EnhanceImage")
            .WithSummary("Corrects white balance, exposure, contrast and colour of a photograph")
            .WithDescription("The JSON carries the result's URL and its bytes as base64; with `Accept: image/*`, the picture itself.")
            .DocumentsCallOf(Operation)
            .WithExample(StatusCodes.Status200OK, Examples.FeatureWithBytes);

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> EnhanceAsync(
        HttpContext http,
        Caller caller,
        FeatureCalls features) =>
        features.AnswerAsync(http, caller, Operation, Rules, withBytes: true);
}
