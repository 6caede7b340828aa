using Microsoft.Extensions.Options;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Processing.Events;

/// <summary>
/// Tells one client everything that happens to a pipeline or a batch. Every event is told from what the store says has changed; the
/// jobs' own events only say when to look. So a client that comes back misses nothing that the snapshot does not say.
/// </summary>
public sealed class FlowEventStream(JobWatchHub hub, TimeProvider time, IHostApplicationLifetime lifetime, IOptions<EventStreamOptions> options)
{
    /// <summary>The id of the event that ends a stream; no other has one.</summary>
    public const string End = "end";

    private const string LastEventId = "Last-Event-ID";

    /// <summary>Answers a watcher: a stream, 204 for one who has heard the end, or a problem when there are too many.</summary>
    internal IResult Open(Guid id, HttpRequest request, bool hasEnded, IFlowNews news, CancellationToken cancellationToken)
    {
        if (hasEnded && Resumption(request) == End) return TypedResults.NoContent();
        if (hub.Watchers >= options.Value.MaxWatchers)
            return StudioProblem.Of(ProblemCode.Busy, "Too many event streams are open. Ask for the thing itself meanwhile.") with { RetryAfter = TimeSpan.FromSeconds(5) };
        return new EventStreamResult(response => WriteAsync(id, news, response, cancellationToken));
    }

    private async Task WriteAsync(Guid id, IFlowNews news, HttpResponse response, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var opened = time.GetTimestamp();
        await using var watch = await hub.WatchAsync(id, cancellationToken);
        var writer = new EventStreamWriter(response);
        await writer.BeginAsync(options.Value.ReconnectAfter, cancellationToken);
        await TellAsync(writer, await news.LookAsync(cancellationToken), news, cancellationToken);
        while (!news.HasEnded)
        {
            var left = options.Value.MaxDuration - time.GetElapsedTime(opened);
            if (left <= TimeSpan.Zero || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                await writer.RetryAsync(options.Value.ReconnectAfter, cancellationToken);
                return;
            }

            try
            {
                await watch.WaitAsync(left < options.Value.PingInterval ? left : options.Value.PingInterval, time, stopping.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                continue;
            }

            var heard = watch.TakeAll();
            if (heard.Count == 0) await writer.CommentAsync("ping", cancellationToken);
            foreach (var jobEvent in heard)
            {
                if (news.Hear(jobEvent) is { } told) await writer.EventAsync(null, told, cancellationToken);
            }

            if (heard.Count == 0 || heard.Any(SaysToLook)) await TellAsync(writer, await news.LookAsync(cancellationToken), news, cancellationToken);
        }
    }

    private static async Task TellAsync(
        EventStreamWriter writer, IReadOnlyList<FlowEventResource> events, IFlowNews news, CancellationToken cancellationToken)
    {
        for (var i = 0; i < events.Count; i++)
            await writer.EventAsync(news.HasEnded && i == events.Count - 1 ? End : null, events[i], cancellationToken);
    }

    private static bool SaysToLook(JobEvent jobEvent) => jobEvent.Type is not (JobEventType.Progress or JobEventType.Preview);

    private static string? Resumption(HttpRequest request)
    {
        string?[] places = [request.Headers[LastEventId], request.Query["last_event_id"], request.Query[LastEventId], request.Query["lastEventId"]];
        return places.FirstOrDefault(place => !string.IsNullOrWhiteSpace(place))?.Trim();
    }
}
