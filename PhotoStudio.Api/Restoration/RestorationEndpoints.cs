using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Faces;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Restoration;

/// <summary>
/// Restoration of photographs: <c>/api/ai</c>. The picture comes as the body and the parameters in the query, or in any other form; the
/// answer is the picture, or the job as JSON, by Accept.
/// </summary>
internal static class RestorationEndpoints
{
    private static readonly CallRules Rules = new() { RejectUnknown = false };

    public static void AddRestoration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddJsonContext(RestorationJson.Default);
        builder.Services.AddJsonContext(DetectedFacesJson.Default);
    }

    public static void MapRestoration(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/ai").WithTags("Restoration");
        MapCall(group, "denoise", DenoiseAsync, "RestoreDenoise", "Removes noise from a photograph");
        MapCall(group, "face-enhance", FaceEnhanceAsync, "RestoreFaces", "Takes noise off the skin of faces and sharpens their features");
        MapCall(group, "upscale", UpscaleAsync, "RestoreUpscale", "Enlarges a photograph");
        group.MapPost("/detect-faces", DetectFaces.DetectAsync)
            .AcceptsPictures()
            .DisableAntiforgery()
            .WithName("DetectFaces")
            .WithSummary("Finds faces with their landmarks; nothing is stored")
            .WithDescription("Positions are pixels of the picture after its EXIF orientation; left and right are the picture's.")
            .DocumentsCallOf("detect-faces")
            .WithExample(StatusCodes.Status200OK, DetectFaces.Example);
        group.MapPost("/detect-objects", DetectObjects.HandleAsync)
            .AcceptsPictures()
            .DisableAntiforgery()
            .WithName("DetectObjects")
            .WithSummary("Finds the things in a picture")
            .WithDescription("Labels, scores and boxes as JSON. Nothing is stored.")
            .DocumentsCallOf("detect-objects")
            .WithExample(StatusCodes.Status200OK, DetectedObjectsResource.Example);
        MapJobs(group.MapGroup("/jobs"));
    }

    private static void MapJobs(RouteGroupBuilder group)
    {
        group.MapPost("/", RestorationJobs.SubmitAsync)
            .AcceptsPictures()
            .DisableAntiforgery()
            .WithName("SubmitRestorationJob")
            .WithSummary("Restores or searches a picture as a job: 202")
            .WithDescription("`task` names the operation; the picture and the operation's parameters come as in a direct call.")
            .WithQuery(RestorationJobs.TaskField, "The operation.", RestorationJobs.TaskSchema)
            .WithExample(StatusCodes.Status202Accepted, Examples.PendingJob);
        group.MapGet("/{id:guid}", RestorationJobs.ShowAsync)
            .WithName("ShowRestorationJob")
            .WithSummary("Where a restoration job stands, with its picture or data at the end")
            .WithExample(StatusCodes.Status200OK, Examples.CompletedJob);
    }

    private static void MapCall(RouteGroupBuilder group, string operation, Delegate handler, string name, string summary) =>
        group.MapPost($"/{operation}", handler)
            .AcceptsPictures()
            .DisableAntiforgery()
            .WithName(name)
            .WithSummary(summary)
            .WithDescription("Answers the picture for `Accept: image/*` or `*/*`, the job as JSON for `Accept: application/json`.")
            .DocumentsCallOf(operation)
            .WithExample(StatusCodes.Status200OK, Examples.CompletedJob);

    private static Task<Results<PictureAnswer, Ok<JobResource>, Accepted<JobResource>, StudioProblem>> DenoiseAsync(
        HttpContext http, Caller caller, OperationCalls calls, CallAnswers answers) => AnswerAsync("denoise", http, caller, calls, answers);

    private static Task<Results<PictureAnswer, Ok<JobResource>, Accepted<JobResource>, StudioProblem>> UpscaleAsync(
        HttpContext http, Caller caller, OperationCalls calls, CallAnswers answers) => AnswerAsync("upscale", http, caller, calls, answers);

    private static Task<Results<PictureAnswer, Ok<JobResource>, Accepted<JobResource>, StudioProblem>> FaceEnhanceAsync(
        HttpContext http, Caller caller, OperationCalls calls, CallAnswers answers) => AnswerAsync("face-enhance", http, caller, calls, answers);

    private static async Task<Results<PictureAnswer, Ok<JobResource>, Accepted<JobResource>, StudioProblem>> AnswerAsync(
        string name, HttpContext http, Caller caller, OperationCalls calls, CallAnswers answers)
    {
        var operation = OperationCatalog.Get(name);
        if (AnswerFormats.Choose(http.Request.Headers.Accept, operation) is not { } format)
            return StudioProblem.Of(ProblemCode.NotAcceptable, "A result is application/json or, where it is one picture, image/*.");
        return await answers.AnswerAsync(http, await calls.RunAsync(http, caller, operation, Rules), format);
    }
}
