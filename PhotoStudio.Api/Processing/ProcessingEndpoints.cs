using System.Text.Json.Nodes;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Processing.Templates;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Processing;

/// <summary>Jobs and their results: <c>/api/v1/processing</c>.</summary>
internal static class ProcessingEndpoints
{
    public static void AddProcessing(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<EventStreamOptions>()
            .Bind(builder.Configuration.GetSection(EventStreamOptions.Section))
            .ValidateDataAnnotations()
            .Validate(
                options => options.PingInterval > TimeSpan.Zero && options.MaxDuration > TimeSpan.Zero && options.ReconnectAfter >= TimeSpan.Zero,
                "Studio:EventStreams: PingInterval and MaxDuration must be longer than zero, and ReconnectAfter not negative.")
            .ValidateOnStart();
        builder.Services.AddSingleton<JobWatchHub>();
        builder.Services.AddScoped<JobEventStream>();
        builder.Services.AddScoped<SubmitJob>();
        builder.Services.AddJsonContext(ProcessingJson.Default);
        builder.AddTemplates();
    }

    public static void MapProcessing(this IEndpointRouteBuilder routes)
    {
        routes.MapTemplates();
        routes.MapGet("/api/v1/processing/quota", ShowQuota.HandleAsync)
            .WithTags("Jobs")
            .WithName("ProcessingQuota")
            .WithSummary("What is left of the caller's daily quotas");
        routes.MapGet("/api/v1/processing/stats", ShowProcessingStats.HandleAsync)
            .WithTags("Jobs")
            .WithName("ProcessingStats")
            .WithSummary("The caller's jobs and results in numbers");
        var jobs = routes.MapGroup("/api/v1/processing/jobs").WithTags("Jobs");
        jobs.MapPost("/", SubmitJob.HandleAsync)
            .AcceptsPictures(Math.Max(1, OperationCatalog.All.Max(operation => operation.Inputs.Count)))
            .DisableAntiforgery()
            .WithName("SubmitJob")
            .WithSummary("Submits a job of any operation")
            .WithDescription("`job_type` names the operation; `generation` means generate. `style_id`, `quality`, `background`, `size` and `output_format` go with any type that can use them. Answers 202 at once, unless `Prefer: wait=n` asks to wait for the result.")
            .DocumentsJob()
            .WithExample(StatusCodes.Status200OK, Examples.JobEnvelope)
            .WithExample(StatusCodes.Status202Accepted, Examples.PendingJobEnvelope);
        foreach (var (path, name) in ((string, string)[])[("/", "ListJobs"), ("/list", "ListJobsByPath")])
        {
            jobs.MapGet(path, ListJobs.HandleAsync)
                .WithName(name)
                .WithSummary("The caller's jobs, newest first")
                .WithQuery("status", "Only jobs in this state.", States)
                .WithQuery("operation", "Only jobs of this operation; `job_type` and `type` mean the same.", OperationNames)
                .WithDates()
                .WithPaging()
                .WithExample(StatusCodes.Status200OK, Examples.JobList);
        }

        jobs.MapGet("/{id:guid}", ShowJob.HandleAsync)
            .WithName("ShowJob")
            .WithSummary("A job, its place in the queue or its results")
            .WithExample(StatusCodes.Status200OK, Examples.JobEnvelope);
        jobs.MapPost("/{id:guid}/cancel", CancelJob.HandleAsync)
            .WithName("CancelJob")
            .WithSummary("Calls a job off")
            .WithDescription("Calling it off again is fine. 409 when it has completed or failed already.")
            .WithExample(StatusCodes.Status200OK, Examples.JobEnvelope);
        jobs.MapGet("/{id:guid}/events", WatchJob.HandleAsync)
            .AllowAnonymous()
            .WithName("WatchJob")
            .WithSummary("A job's events as they happen (server-sent events)")
            .WithDescription(
                "First a `snapshot` of the job, then what happened after `Last-Event-ID` (header or query), then live events, then the terminal one. "
                + "The stream closes after 230 s and asks the client to come back. The `events_url` of a job is signed and needs no token; "
                + "204 when there is nothing more to come.")
            .Produces<JobEventResource>(StatusCodes.Status200OK, "text/event-stream")
            .WithQuery(WatchJob.Bytes, "Whether events carry the pictures themselves, as b64_data.", () => new JsonObject { ["type"] = "boolean" })
            .WithQuery("last_event_id", "The last event the client has, where it cannot send the header.", () => new JsonObject { ["type"] = "string" })
            .WithExample(StatusCodes.Status200OK, Examples.Events);

        var results = routes.MapGroup("/api/v1/processing/results").WithTags("Results");
        results.MapGet("/", ListResults.HandleAsync)
            .WithName("ListResults")
            .WithSummary("The caller's results, newest first")
            .WithQuery("operation", "Only results of this operation; `job_type` means the same.", OperationNames)
            .WithQuery("is_favorite", "Only favourites, or only others.", () => new JsonObject { ["type"] = "boolean" })
            .WithDates()
            .WithQuery("job_id", "Only results of this job.", () => new JsonObject { ["type"] = "string", ["format"] = "uuid" })
            .WithPaging()
            .WithExample(StatusCodes.Status200OK, Examples.ResultList);
        results.MapGet("/{id:guid}", ShowResult.HandleAsync)
            .WithName("ShowResult")
            .WithSummary("A result and how it was made")
            .WithExample(StatusCodes.Status200OK, Examples.ResultEnvelope);
        results.MapMethods("/{id:guid}/download", [HttpMethods.Get, HttpMethods.Head], DownloadResult.HandleAsync)
            .WithName("DownloadResult")
            .WithSummary("Downloads a result")
            .WithDescription(
                "The bytes, with an entity tag and ranges; with `Accept: application/json` a signed URL instead. "
                + "Each is counted, except a 304 and the later parts of a download in ranges.")
            .Produces(StatusCodes.Status200OK, responseType: null, contentType: "image/png", additionalContentTypes: ["image/jpeg", "image/webp"])
            .Produces(StatusCodes.Status206PartialContent, responseType: null, contentType: "image/png", additionalContentTypes: ["image/jpeg", "image/webp"])
            .Produces(StatusCodes.Status304NotModified)
            .WithExample(StatusCodes.Status200OK, Examples.Download);
    }

    private static TBuilder WithDates<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint
            .WithQuery("date_from", "Only from this day or time on (UTC).", Date)
            .WithQuery("date_to", "Only until the end of this day, or before this time (UTC).", Date);

    private static JsonObject Date() => new() { ["type"] = "string", ["examples"] = new JsonArray("2026-05-04", "2026-05-04T12:00:00Z") };

    private static JsonObject States() => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. Enum.GetValues<JobState>().Select(state => (JsonNode)state.WireName())]),
    };

    private static JsonObject OperationNames() => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. OperationCatalog.All.Select(operation => (JsonNode)operation.Name)]),
    };
}
