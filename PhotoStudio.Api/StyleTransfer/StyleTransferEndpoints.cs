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

namespace PhotoStudio.Api.StyleTransfer;

/// <summary>Style transfer, with its history: <c>/api/v1/style-transfer</c>.</summary>
internal static class StyleTransferEndpoints
{
    private const string Operation = "style-transfer";

    private static readonly CallRules Rules = new() { RejectUnknown = false };

    public static void MapStyleTransfer(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/style-transfer").WithTags("Features");
        group.MapPost("/apply", ApplyAsync)
            .AcceptsPictures(pictures: 2)
            .DisableAntiforgery()
            .WithName("ApplyStyle")
            .WithSummary("Paints a picture in a built-in style, or in the style of a picture 'reference'")
            .WithDescription("The JSON carries the result's URL and its bytes as base64; with `Accept: image/*`, the picture itself.")
            .DocumentsCallOf(Operation)
            .WithExample(StatusCodes.Status200OK, Examples.FeatureWithBytes);
        group.MapGet("/history", HistoryAsync)
            .WithName("StyleTransferHistory")
            .WithSummary("The caller's painted pictures, newest first")
            .WithPaging()
            .WithExample(StatusCodes.Status200OK, Examples.ResultList);
    }

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> ApplyAsync(
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
