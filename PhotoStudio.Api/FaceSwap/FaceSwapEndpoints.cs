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

namespace PhotoStudio.Api.FaceSwap;

/// <summary>Swapping faces, with its history: <c>/api/v1/face-swap</c>.</summary>
internal static class FaceSwapEndpoints
{
    private const string Operation = "face-swap";

    private static readonly CallRules Rules = new() { RejectUnknown = false };

    public static void MapFaceSwap(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/face-swap").WithTags("Features");
        group.MapPost("/swap", SwapAsync)
            .AcceptsPictures(pictures: 2)
            .DisableAntiforgery()
            .WithName("SwapFace")
            .WithSummary("Puts the face of one picture on the person of another and keeps the result in the history")
            .WithDescription("Needs `consent=true`. The JSON carries the result's URL and its bytes as base64; with `Accept: image/*`, the picture itself.")
            .DocumentsCallOf(Operation)
            .WithExample(StatusCodes.Status200OK, Examples.FeatureWithBytes);
        group.MapGet("/history", HistoryAsync)
            .WithName("FaceSwapHistory")
            .WithSummary("The caller's pictures with swapped faces, newest first")
            .WithPaging()
            .WithExample(StatusCodes.Status200OK, Examples.ResultList);
    }

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> SwapAsync(
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
