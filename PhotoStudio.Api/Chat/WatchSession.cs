using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Chat;

namespace PhotoStudio.Api.Chat;

/// <summary>Streams what happens in a conversation.</summary>
internal static class WatchSession
{
    public static async Task<IResult> HandleAsync(
        Guid id, HttpContext http, IChatStore chat, JobLinks links, JobWatchHub hub, SessionEventStream stream, IOptions<EventStreamOptions> options)
    {
        // EventSource sends no headers, so whoever has the signed link may listen.
        var path = ChatPresenter.EventsPath(id);
        var signed = links.MayWatch(path, http.Request.QueryString);
        if (!signed && http.Request.Query.ContainsKey("signature"))
            return StudioProblem.Of(ProblemCode.Forbidden, "This link was altered or has expired. Ask the session for a new events_url.");
        var session = signed
            ? await chat.FindAsync(id, http.RequestAborted)
            : await chat.FindAsync((await Caller.BindAsync(http)).Owner, id, http.RequestAborted);
        if (session is null) return StudioProblem.Missing("session");
        if (hub.Watchers >= options.Value.MaxWatchers)
            return StudioProblem.Of(ProblemCode.Busy, "Too many event streams are open. Ask for the messages meanwhile.") with { RetryAfter = TimeSpan.FromSeconds(5) };

        return new EventStreamResult(response => stream.WriteAsync(session, response, http.RequestAborted));
    }
}
