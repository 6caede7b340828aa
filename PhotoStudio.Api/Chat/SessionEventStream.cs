using System.Text.Json;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Chat;

/// <summary>
/// Tells one client what happens in a conversation: its unfinished and latest messages first, then every change of one, whole, as the
/// store has it, with its plan and its answer as events of their own; and the progress and previews of the job that runs in between. Each
/// stream begins with what is, so a client that comes back needs no cursor.
/// </summary>
public sealed class SessionEventStream(
    IChatStore chat,
    ChatPresenter presenter,
    JobWatchHub hub,
    IBlobUrls urls,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    IOptions<EventStreamOptions> options)
{
    // Messages are worked on in order, so all that have not ended are among the latest.
    private const int Latest = 10 + ChatMessage.MaxUnfinished;

    /// <summary>Writes the stream until the conversation is deleted, the client goes, or its time is over.</summary>
    public async Task WriteAsync(ChatSession session, HttpResponse response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(response);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var opened = time.GetTimestamp();
        await using var watch = await hub.WatchAsync(session.Id, cancellationToken);
        var stream = new Stream(new EventStreamWriter(response), []);
        await stream.Writer.BeginAsync(options.Value.ReconnectAfter, cancellationToken);
        var goesOn = await TellAsync(session, stream, first: true, cancellationToken);
        while (goesOn)
        {
            var left = options.Value.MaxDuration - time.GetElapsedTime(opened);
            if (left <= TimeSpan.Zero || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                await stream.Writer.RetryAsync(options.Value.ReconnectAfter, cancellationToken);
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
            if (heard.Count == 0) await stream.Writer.CommentAsync("ping", cancellationToken);
            foreach (var jobEvent in heard.Where(IsProgress)) await stream.Writer.EventAsync(null, Json(Progress(jobEvent, stream)), cancellationToken);
            if (heard.Count == 0 || heard.Any(jobEvent => !IsProgress(jobEvent))) goesOn = await TellAsync(session, stream, first: false, cancellationToken);
        }
    }

    private static bool IsProgress(JobEvent jobEvent) => jobEvent.Type is JobEventType.Progress or JobEventType.Preview;

    private ChatEventResource Progress(JobEvent jobEvent, Stream stream) => new()
    {
        EventType = jobEvent.PreviewKey is null ? "progress" : "preview",
        MessageId = stream.Working?.MessageId,
        TaskId = stream.Working?.Plan.LastOrDefault(step => step.TaskId is not null)?.TaskId,
        Progress = jobEvent.Progress,
        Stage = jobEvent.Stage,
        PreviewUrl = jobEvent.PreviewKey is { } key ? urls.Sign(key, JobPresenter.UrlLifetime) : null,
        At = jobEvent.At,
    };

    private async Task<bool> TellAsync(ChatSession session, Stream stream, bool first, CancellationToken cancellationToken)
    {
        // Whose it is may have changed since the stream began: a guest who signed in.
        if (await chat.FindAsync(session.Id, cancellationToken) is not { } now)
        {
            await stream.Writer.EventAsync(FlowEventStream.End, Json(new ChatEventResource { EventType = "deleted", At = time.GetUtcNow() }), cancellationToken);
            return false;
        }

        var latest = await chat.MessagesAsync(now.Owner, session.Id, new PageRequest(1, Latest), newestFirst: true, cancellationToken);
        var changed = latest.Items.Where(message => stream.Told.GetValueOrDefault(message.Id)?.Version is not { } version || version < message.Version)
            .OrderBy(message => message.Number).ToList();
        var shown = await presenter.ShowAsync(now.Owner, changed, cancellationToken);
        for (var i = 0; i < changed.Count; i++) await TellAsync(stream, changed[i], shown[i], first, cancellationToken);
        return true;
    }

    private async Task TellAsync(Stream stream, ChatMessage message, ChatMessageResource shown, bool first, CancellationToken cancellationToken)
    {
        var before = stream.Told.GetValueOrDefault(message.Id);
        stream.Told[message.Id] = message;
        if (!message.State.IsTerminal()) stream.Working = message.State == JobState.Processing ? shown : stream.Working;
        else if (stream.Working?.MessageId == message.Id) stream.Working = null;

        if (!first && before?.Work.Plan is null && message.Work.Plan is not null)
        {
            await stream.Writer.EventAsync(null, Json(new ChatEventResource
            {
                EventType = "plan", MessageId = message.Id, Intent = shown.Intent, Plan = shown.Plan, RefinedPrompt = shown.RefinedPrompt, At = time.GetUtcNow(),
            }), cancellationToken);
        }

        if (!first && before?.Work.Reply is null && message.Work.Reply is { } reply)
        {
            await stream.Writer.EventAsync(
                null, Json(new ChatEventResource { EventType = "text", MessageId = message.Id, Text = reply, At = time.GetUtcNow() }), cancellationToken);
        }

        await stream.Writer.EventAsync(
            null, Json(new ChatEventResource { EventType = "message", MessageId = message.Id, Message = shown, At = time.GetUtcNow() }), cancellationToken);
    }

    private static byte[] Json(ChatEventResource resource) => JsonSerializer.SerializeToUtf8Bytes(resource, ChatResourceJson.Default.ChatEventResource);

    private sealed record Stream(EventStreamWriter Writer, Dictionary<Guid, ChatMessage> Told)
    {
        /// <summary>The message that is being worked on.</summary>
        public ChatMessageResource? Working { get; set; }
    }
}
