using Microsoft.Extensions.Options;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Processing.Events;

namespace PhotoStudio.Api.Batches;

/// <summary>One operation, or several in a row, over many pictures: <c>/api/v1/batches</c>.</summary>
internal static class BatchEndpoints
{
    public static void AddBatches(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BatchOptions>()
            .BindConfiguration(BatchOptions.Section)
            .Validate(options => options.MaxItems is >= 1 and <= 1000, $"{BatchOptions.Section}:MaxItems must be a number from 1 to 1,000.")
            .Validate(
                options => options.MaxBodyBytes is >= 1024 * 1024 and <= 1024 * 1024 * 1024,
                $"{BatchOptions.Section}:MaxBodyBytes must be from 1,048,576 to 1,073,741,824.")
            .ValidateOnStart();
        builder.Services.AddScoped<BatchReader>();
        builder.Services.AddScoped<BatchCalls>();
        builder.Services.AddScoped<BatchPresenter>();
        builder.Services.AddJsonContext(BatchJson.Default);
    }

    public static void MapBatches(this IEndpointRouteBuilder routes)
    {
        var batches = routes.MapGroup("/api/v1/batches").WithTags("Batches");
        batches.MapPost("/", SubmitBatch.HandleAsync)
            .AcceptsManyPictures(LimitsOf)
            .DisableAntiforgery()
            .WithName("SubmitBatch")
            .WithSummary("Runs one operation, or several in a row, on many pictures")
            .WithDescription(
                "Answers 202 at once, unless `Prefer: wait=n` asks to wait. Pictures come as several files, as base64, by URL or as stored pictures, in any mix. "
                + "A picture that cannot be worked on is an item with an error and stops no other; where none can, the batch is refused. Single calls go before batches.")
            .DocumentsBody(FlowBodies.OfBatch)
            .WithExample(StatusCodes.Status200OK, FlowExamples.CompletedBatch)
            .WithExample(StatusCodes.Status202Accepted, FlowExamples.PendingBatch);
        batches.MapGet("/", ListBatches.HandleAsync)
            .WithName("ListBatches")
            .WithSummary("The caller's batches, newest first, without their items")
            .WithPaging()
            .WithExample(StatusCodes.Status200OK, FlowExamples.BatchList);
        batches.MapGet("/{id:guid}", ShowBatch.HandleAsync)
            .WithName("ShowBatch")
            .WithSummary("A batch and every item of it")
            .WithExample(StatusCodes.Status200OK, FlowExamples.CompletedBatch);
        batches.MapPost("/{id:guid}/cancel", CancelBatch.HandleAsync)
            .WithName("CancelBatch")
            .WithSummary("Calls a batch off")
            .WithDescription("Items that wait or run are cancelled; what is done stays. Calling it off again is fine. 409 when every item has ended already.")
            .WithExample(StatusCodes.Status200OK, FlowExamples.CancelledBatch);
        batches.MapGet("/{id:guid}/events", WatchBatch.HandleAsync)
            .AllowAnonymous()
            .WithName("WatchBatch")
            .WithSummary("A batch's events as they happen (server-sent events)")
            .WithDescription(
                "First a `snapshot`, then an `item` for each that ends and `progress`, then the terminal event, whose id is `end`. The `events_url` of a batch is signed and "
                + "needs no token; 204 for a client that comes back with `Last-Event-ID: end`.")
            .Produces<FlowEventResource>(StatusCodes.Status200OK, "text/event-stream")
            .WithExample(StatusCodes.Status200OK, FlowExamples.BatchEvents);
    }

    private static (int Pictures, long MaxBytes) LimitsOf(IServiceProvider services)
    {
        var limits = services.GetRequiredService<IOptions<BatchOptions>>().Value;
        return (limits.MaxItems + 1, limits.MaxBodyBytes);
    }
}
