using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Features;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.StyleTransfer;

/// <summary>Style transfer: <c>/api/v1/style-transfer</c>.</summary>
internal static class StyleTransferEndpoints
{
    private const string Operation = "style-transfer";

    private static readonly CallRules Rules = new() { RejectUnknown = false };

    public static void MapStyleTransfer(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/style-transfer/apply", ApplyAsync)
        .AcceptsPictures(pictures: 2)
        .DisableAntiforgery()
        .WithTags("Features")
        .WithName("ApplyStyle")
        .WithSummary("Paints a picture in a built-in style, or in the style of a picture 'reference'")
        .WithDescription("The JSON carries the result's URL and its bytes as base64; with `Accept: image/*`, the picture itself.")
        .DocumentsCallOf(Operation)
        .WithExample(StatusCodes.Status200OK, Examples.FeatureWithBytes);

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> ApplyAsync(
        HttpContext http,
        Caller caller,
        FeatureCalls features) =>
        features.AnswerAsync(http, caller, Operation, Rules, withBytes: true);
}
