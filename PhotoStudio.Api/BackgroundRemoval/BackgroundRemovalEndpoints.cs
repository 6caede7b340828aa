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

namespace PhotoStudio.Api.BackgroundRemoval;

/// <summary>Background removal with its history: <c>/api/v1/background-removal</c>.</summary>
internal static class BackgroundRemovalEndpoints
{
    private const string Operation = "remove-background";

    private static readonly CallRules Rules = new() { RejectUnknown = false };

    public static void MapBackgroundRemoval(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/background-removal").WithTags("Features");
        group.MapPost("/remove", RemoveAsync)
            .AcceptsPictures()
            .DisableAntiforgery()
            .WithName("RemoveBackground")
            .WithSummary("Cuts the subject out and keeps it in the history")
            .WithDescription("The JSON carries the result's URL and its bytes as base64; with `Accept: image/*`, the picture itself.")
            .DocumentsCallOf(Operation)
            .WithExample(StatusCodes.Status200OK, Examples.FeatureWithBytes);
        group.MapGet("/history", HistoryAsync)
            .WithName("BackgroundRemovalHistory")
            .WithSummary("The caller's cut-outs, newest first")
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
