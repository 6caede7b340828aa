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
    private const string Crop = "crop";
    private const string Rotate = "rotate";

    private static readonly CallRules Rules = new() { RejectUnknown = false };

    public static void MapImageProcessing(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/image-processing").WithTags("Features");
        MapCall(group, Resize, ResizeAsync, "ResizeImage", "Brings a picture to another size and keeps it in the history");
        MapCall(group, Crop, CropAsync, "CropImage", "Cuts a box out of a picture and keeps it in the history");
        MapCall(group, Rotate, RotateAsync, "RotateImage", "Turns a picture by any angle and keeps it in the history");
        group.MapGet("/history", HistoryAsync)
            .WithName("ImageProcessingHistory")
            .WithSummary("The caller's processed pictures, newest first")
            .WithPaging()
            .WithExample(StatusCodes.Status200OK, Examples.ResultList);
    }

    private static void MapCall(RouteGroupBuilder group, string operation, Delegate handler, string name, string summary) =>
        group.MapPost($"/{operation}", handler)
            .AcceptsPictures()
            .DisableAntiforgery()
            .WithName(name)
            .WithSummary(summary)
            .WithDescription("The JSON carries the result's URL and its bytes as base64; with `Accept: image/*`, the picture itself.")
            .DocumentsCallOf(operation)
            .WithExample(StatusCodes.Status200OK, Examples.FeatureWithBytes);

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> ResizeAsync(
        HttpContext http,
        Caller caller,
        FeatureCalls features) =>
        features.AnswerAsync(http, caller, Resize, Rules, withBytes: true);

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> CropAsync(
        HttpContext http,
        Caller caller,
        FeatureCalls features) =>
        features.AnswerAsync(http, caller, Crop, Rules, withBytes: true);

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> RotateAsync(
        HttpContext http,
        Caller caller,
        FeatureCalls features) =>
        features.AnswerAsync(http, caller, Rotate, Rules, withBytes: true);

    private static Task<Results<Ok<ListEnvelope<ProcessingResultResource>>, StudioProblem>> HistoryAsync(
        HttpRequest request,
        Caller caller,
        IImageStore images,
        JobPresenter presenter,
        CancellationToken cancellationToken) =>
        ListResults.HistoryAsync([Resize, Crop, Rotate], request, caller, images, presenter, cancellationToken);
}
