using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Processing.Events;

namespace PhotoStudio.Api.Events;

/// <summary><c>GET /api/v1/events</c>.</summary>
internal static class WatchOwner
{
    private const string LastEventId = "Last-Event-ID";

    public static void AddOwnerEvents(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<OwnerEventStream>();

    public static void MapOwnerEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/events", Handle)
            .WithTags("Events")
            .Produces<OwnerEventResource>(StatusCodes.Status200OK, "text/event-stream")
            .WithName("WatchEvents")
            .WithSummary("What happens to all of the caller's jobs, as it happens (server-sent events)")
            .WithDescription(
                "First a `snapshot` with the jobs that have not ended and those that ended since `Last-Event-ID`, then every event. "
                + "The stream closes after 230 s and asks the client to come back.");

    private static Results<EventStreamResult, StudioProblem> Handle(HttpRequest request, Caller caller, OwnerEventStream stream)
    {
        string?[] places = [request.Headers[LastEventId], request.Query["last_event_id"]];
        DateTimeOffset? since = null;
        if (places.FirstOrDefault(place => !string.IsNullOrWhiteSpace(place))?.Trim() is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
                return StudioProblem.Invalid(LastEventId, "must be the id of an event.");
            since = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }

        if (!stream.HasRoom)
            return StudioProblem.Of(ProblemCode.Busy, "Too many event streams are open. Ask for the jobs themselves meanwhile.") with { RetryAfter = TimeSpan.FromSeconds(5) };
        var owner = caller.Owner;
        return new EventStreamResult(response => stream.WriteAsync(owner, since, response, response.HttpContext.RequestAborted));
    }
}
