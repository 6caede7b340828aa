using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Processing;

/// <summary>
/// Streams a job's events to its owner, or to anyone who has the signed <c>events_url</c>: a browser's
/// <c>EventSource</c> sends no headers.
/// </summary>
internal static class WatchJob
{
    /// <summary>The query parameter that asks for the pictures in the events.</summary>
    public const string Bytes = "b64";

    private const string LastEventId = "Last-Event-ID";

    public static async Task<Results<EventStreamResult, NoContent, StudioProblem>> HandleAsync(
        Guid id,
        HttpContext http,
        IJobStore jobs,
        JobLinks links,
        JobEventStream stream,
        CancellationToken cancellationToken)
    {
        var request = http.Request;
        var signed = links.MayWatch(id, request.QueryString);
        if (!signed && request.Query.ContainsKey("signature"))
            return StudioProblem.Of(ProblemCode.Forbidden, "This link was altered or has expired. Ask the job for a new events_url.");

        var job = signed
            ? await jobs.FindAsync(id, cancellationToken)
            : await jobs.FindAsync((await Caller.BindAsync(http)).Owner, id, cancellationToken);
        if (job is null) return StudioProblem.Missing("job");

        var text = Resumption(request);
        EventCursor? after = null;
        if (text is not null)
        {
            if (!EventCursor.TryParse(text, out var cursor)) return StudioProblem.Invalid(LastEventId, "must be the id of an event: attempt.sequence.");
            after = cursor;
        }

        // Nothing comes after the end. 204 is what keeps a browser's EventSource from coming back.
        if (job.State.IsTerminal() && after >= JobEventStream.TerminalCursor(job)) return TypedResults.NoContent();
        if (!stream.HasRoom)
            return StudioProblem.Of(ProblemCode.Busy, "Too many event streams are open. Ask for the job itself meanwhile.") with { RetryAfter = TimeSpan.FromSeconds(5) };

        var withBytes = request.Query[Bytes].ToString().ToLowerInvariant() is "true" or "1" or "yes";
        return new EventStreamResult(response => stream.WriteAsync(job, after, withBytes, response, cancellationToken));
    }

    /// <summary>The header, which browsers send when they come back, before the query, which a client may write itself.</summary>
    private static string? Resumption(HttpRequest request)
    {
        string?[] places = [request.Headers[LastEventId], request.Query["last_event_id"], request.Query[LastEventId], request.Query["lastEventId"]];
        return places.FirstOrDefault(place => !string.IsNullOrWhiteSpace(place))?.Trim();
    }
}
