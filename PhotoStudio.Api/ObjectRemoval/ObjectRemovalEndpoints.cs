using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Features;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;

namespace PhotoStudio.Api.ObjectRemoval;

/// <summary>Object removal: <c>/api/v1/object-removal</c>.</summary>
internal static class ObjectRemovalEndpoints
{
    private const string Operation = "object-removal";

    private static readonly CallRules Rules = new() { RejectUnknown = false };

    public static void MapObjectRemoval(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/object-removal/remove", RemoveAsync)
        .AcceptsPictures(pictures: 2)
        .DisableAntiforgery()
        .WithTags("Features")
        .WithName("RemoveObjects")
        .WithSummary("Removes what a mask, boxes or a polygon mark, and continues the picture across it")
        .WithDescription("The JSON carries the result's URL and its bytes as base64; with `Accept: image/*`, the picture itself.")
        .DocumentsCallOf(Operation)
        .WithExample(StatusCodes.Status200OK, Examples.FeatureWithBytes);

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> RemoveAsync(
        HttpContext http,
        Caller caller,
        FeatureCalls features) =>
        features.AnswerAsync(http, caller, Operation, Rules, withBytes: true);
}
