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

namespace PhotoStudio.Api.ImageProcessing;

/// <summary>Plain image processing with its history: <c>/api/v1/image-processing</c>.</summary>
internal static class ImageProcessingEndpoints
{
    private const string Resize = "resize";

    private static readonly CallRules Rules = new() { RejectUnknown = false };

    public static void MapImageProcessing(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/image-processing").WithTags("Features");
        group.MapPost("/resize", ResizeAsync)
            .AcceptsPictures()
            .DisableAntiforgery()
            .WithName("ResizeImage")
            .WithSummary("Brings a picture to another size and keeps it in the history")
            .WithDescription("The JSON carries the result's URL and its bytes as base64; with `Accept: image/*`, the picture itself.")
            .DocumentsCallOf(Resize)
            .WithExample(StatusCodes.Status200OK, Examples.FeatureWithBytes);
        group.MapGet("/history", HistoryAsync)
            .WithName("ImageProcessingHistory")
            .WithSummary("The caller's processed pictures, newest first")
            .WithPaging()
            .WithExample(StatusCodes.Status200OK, Examples.ResultList);
    }

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> ResizeAsync(
        HttpContext http,
        Caller caller,
        FeatureCalls features) =>
        features.AnswerAsync(http, caller, Resize, Rules, withBytes: true);

    private static Task<Results<Ok<ListEnvelope<ProcessingResultResource>>, StudioProblem>> HistoryAsync(
        HttpRequest request,
        Caller caller,
        IImageStore images,
        JobPresenter presenter,
        CancellationToken cancellationToken) =>
        ListResults.HistoryAsync(Resize, request, caller, images, presenter, cancellationToken);
}
