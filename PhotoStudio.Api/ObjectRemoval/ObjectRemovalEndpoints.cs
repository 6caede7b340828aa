using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Features;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Processing;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.ObjectRemoval;

/// <summary>Object removal, with its history: <c>/api/v1/object-removal</c>.</summary>
internal static class ObjectRemovalEndpoints
{
    private const string Operation = "object-removal";

    private static readonly CallRules Rules = new() { RejectUnknown = false };

    public static void MapObjectRemoval(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/object-removal").WithTags("Features");
        group.MapPost("/remove", RemoveAsync)
            .AcceptsPictures(pictures: 2)
            .DisableAntiforgery()
            .WithName("RemoveObjects")
            .WithSummary("Removes what a mask, boxes or a polygon mark, and continues the picture across it")
            .WithDescription("The JSON carries the result's URL and its bytes as base64; with `Accept: image/*`, the picture itself.")
            .DocumentsCallOf(Operation)
            .WithExample(StatusCodes.Status200OK, Examples.FeatureWithBytes);
        group.MapGet("/history", HistoryAsync)
            .WithName("ObjectRemovalHistory")
            .WithSummary("The caller's pictures without what was removed, newest first")
            .WithPaging()
            .WithExample(StatusCodes.Status200OK, Examples.ResultList);
    }

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> RemoveAsync(
        HttpContext http,
        Caller caller,
        FeatureCalls features) =>
        features.AnswerAsync(http, caller, Operation, Rules, withBytes: true);

    private static Task<Results<Ok<ListEnvelope<ProcessingResultResource>>, StudioProblem>> HistoryAsync(
        HttpRequest request,
        Caller caller,
        IImageStore images,
        JobPresenter presenter,
        CancellationToken cancellationToken) =>
        ListResults.HistoryAsync([Operation], request, caller, images, presenter, cancellationToken);
}
