using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Chat;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.AiGateway;

/// <summary>Takes a message of a conversation that the client names, and waits for what becomes of it.</summary>
internal static class GatewayChat
{
    public static async Task<Results<Ok<GatewayResource>, Accepted<GatewayResource>, StudioProblem>> HandleAsync(
        HttpContext http,
        Caller caller,
        MessageIntake intake,
        IChatStore chat,
        ChatPresenter presenter,
        JobWatchHub hub,
        TimeProvider time,
        IOptions<SubmissionOptions> options)
    {
        try
        {
            var preference = CallPreference.Read(http.Request.Headers["Prefer"], asynchronous: false, options.Value.MaxWait);
            var incoming = await intake.ReadAsync(http, caller);
            if (incoming.SessionName is { Length: > ChatSession.MaxKeyLength })
                return StudioProblem.Invalid("session_id", $"must have at most {ChatSession.MaxKeyLength} characters.");
            if (incoming.SessionName is { } name && TextRules.Fault(name, manyLines: false) is { } fault) return StudioProblem.Invalid("session_id", fault);

            var session = await SessionAsync(chat, incoming, http.RequestAborted);
            await using var watch = await hub.WatchAsync(session.Id, http.RequestAborted);
            if (await intake.KeepAsync(incoming, session.Id, http.RequestAborted) is not { } message) return StudioProblem.Missing("session");

            var until = time.GetTimestamp();
            while (!message.State.IsTerminal() && preference.MaxWait - time.GetElapsedTime(until) is var left && left > TimeSpan.Zero)
            {
                var round = left < options.Value.PollInterval ? left : options.Value.PollInterval;
                await watch.WaitAsync(round, time, http.RequestAborted);
                watch.TakeAll();
                message = await chat.FindMessageAsync(incoming.Owner, session.Id, message.Id, http.RequestAborted) ?? throw StudioProblem.Missing("session").ToException();
            }

            if (preference.Applied is not null) http.Response.Headers["Preference-Applied"] = preference.Applied;
            var answer = Answer(session, await presenter.ShowAsync(message, http.RequestAborted), presenter);
            if (message.State.IsTerminal()) return TypedResults.Ok(answer);
            return TypedResults.Accepted($"/api/v1/chat/sessions/{session.Id:D}/messages/{message.Id:D}", answer);
        }
        catch (ProblemException exception)
        {
            return exception.Problem;
        }
    }

    // The answer to a message without a session names the studio's own id, which the next message may bring back.
    private static async Task<ChatSession> SessionAsync(IChatStore chat, IncomingMessage incoming, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(incoming.SessionName))
        {
            // A repeated request has to find the message it made, so its key names the conversation.
            return incoming.Key is { } key
                ? await chat.OfKeyAsync(incoming.Owner, key.Length <= ChatSession.MaxKeyLength ? key : key[..ChatSession.MaxKeyLength], cancellationToken)
                : await chat.OpenAsync(incoming.Owner, "", cancellationToken);
        }

        if (Guid.TryParse(incoming.SessionName, out var id) && await chat.FindAsync(incoming.Owner, id, cancellationToken) is { } known) return known;
        return await chat.OfKeyAsync(incoming.Owner, incoming.SessionName, cancellationToken);
    }

    private static GatewayResource Answer(ChatSession session, ChatMessageResource message, ChatPresenter presenter)
    {
        var last = message.Plan.Count > 0 ? message.Plan[^1] : null;
        return new GatewayResource
        {
            Success = message.Status != "FAILED",
            SessionId = session.Key ?? session.Id.ToString("D"),
            MessageId = message.MessageId,
            Status = message.Status,
            Intent = message.Intent,
            Confidence = message.Confidence,
            Operation = last?.Operation,
            Parameters = last?.Parameters,
            Operations = [.. message.Plan.Select(step => step.Operation)],
            Reply = message.Reply,
            RefinedPrompt = message.RefinedPrompt,
            ImageUrl = message.ImageUrl,
            Results = message.Results,
            Data = message.Data,
            JobId = message.Plan.Select(step => step.TaskId).LastOrDefault(task => task is not null),
            Error = message.Error,
            EventsUrl = presenter.Show(session).EventsUrl,
        };
    }
}
