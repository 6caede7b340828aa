using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Processing.Events;

namespace PhotoStudio.Api.Pipelines;

/// <summary>Several operations in a row on one picture: <c>/api/v1/pipelines</c>.</summary>
internal static class PipelineEndpoints
{
    public static void AddPipelines(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<PipelineReader>();
        builder.Services.AddScoped<PipelineCalls>();
        builder.Services.AddScoped<PipelinePresenter>();
        builder.Services.AddScoped<FlowEventStream>();
        builder.Services.AddJsonContext(PipelineJson.Default);
        builder.Services.AddJsonContext(FlowEventJson.Default);
    }

    public static void MapPipelines(this IEndpointRouteBuilder routes)
    {
        var pipelines = routes.MapGroup("/api/v1/pipelines").WithTags("Pipelines");
        pipelines.MapPost("/", RunPipeline.RunAsync)
            .AcceptsPictures()
            .DisableAntiforgery()
            .WithName("RunPipeline")
            .WithSummary("Runs several operations in a row on one picture")
            .WithDescription(
                "Every step works on what the step before made. Waits for the last picture and answers it for `Accept: image/*` or `*/*`, the pipeline "
                + "as JSON for `Accept: application/json`; `Prefer` and `Idempotency-Key` work as for a single operation. "
                + "Every fault of every step is reported at once, under names like `steps[1].width`.")
            .DocumentsBody(FlowBodies.OfPipeline)
            .WithExample(StatusCodes.Status200OK, FlowExamples.CompletedPipeline)
            .WithExample(StatusCodes.Status202Accepted, FlowExamples.PendingPipeline);
        pipelines.MapGet("/", ListPipelines.HandleAsync)
            .WithName("ListPipelines")
            .WithSummary("The caller's pipelines, newest first")
            .WithQuery("status", "Only pipelines in this state.", FlowBodies.States)
            .WithPaging()
            .WithExample(StatusCodes.Status200OK, FlowExamples.PipelineList);
        pipelines.MapGet("/{id:guid}", ShowPipeline.HandleAsync)
            .WithName("ShowPipeline")
            .WithSummary("A pipeline, its steps and what came out")
            .WithExample(StatusCodes.Status200OK, FlowExamples.CompletedPipeline);
        pipelines.MapPost("/{id:guid}/cancel", CancelPipeline.HandleAsync)
            .WithName("CancelPipeline")
            .WithSummary("Calls a pipeline off")
            .WithDescription("The step that waits or runs is cancelled and no other follows. Calling it off again is fine. 409 when it has completed or failed already.")
            .WithExample(StatusCodes.Status200OK, FlowExamples.CancelledPipeline);
        pipelines.MapGet("/{id:guid}/events", WatchPipeline.HandleAsync)
            .AllowAnonymous()
            .WithName("WatchPipeline")
            .WithSummary("A pipeline's events as they happen (server-sent events)")
            .WithDescription(
                "First a `snapshot`, then `step` and `progress`, then the terminal event, whose id is `end`. The `events_url` of a pipeline is signed and needs no token; "
                + "204 for a client that comes back with `Last-Event-ID: end`.")
            .Produces<FlowEventResource>(StatusCodes.Status200OK, "text/event-stream")
            .WithExample(StatusCodes.Status200OK, FlowExamples.PipelineEvents);
    }
}
