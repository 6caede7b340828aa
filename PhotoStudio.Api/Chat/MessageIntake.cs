using System.Security.Cryptography;
using System.Text;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Chat;

/// <summary>Reads a message and its pictures from a request, stores them, and tells the workers.</summary>
public sealed partial class MessageIntake(
    RequestContentReader reader,
    PictureInput pictures,
    UploadKeeper uploads,
    IChatStore chat,
    IJobEvents events,
    TimeProvider time,
    ILogger<MessageIntake> logger)
{
    private const string Image = "image";

    private static readonly string[] TextFields = ["content", "message", "prompt", "text"];

    /// <summary>Reads the request of a message. Its text may come as <c>content</c> or <c>message</c>.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">Who makes it.</param>
    /// <param name="sessionId">The conversation, where its path names one: whether it is there matters more than what else is wrong.</param>
    /// <exception cref="ProblemException">It is not valid; every fault is named.</exception>
    public async Task<IncomingMessage> ReadAsync(HttpContext http, Caller caller, Guid? sessionId = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(caller);
        var content = await reader.ReadAsync(http, http.RequestAborted);
        var owner = caller.As(content.Text(GuestIds.UserIdField), content.Faults);
        if (owner is not null && sessionId is { } id && await chat.FindAsync(owner.Value, id, http.RequestAborted) is null)
            throw StudioProblem.Missing("session").ToException();

        var (field, text) = TextOf(content);
        if (text.Length > ChatMessage.MaxLength) content.Faults.Add(field, $"must have at most {ChatMessage.MaxLength} characters, not {text.Length}.");
        else if (text.Length == 0 && content.Pictures.Count == 0) content.Faults.Add(field, "is required.");
        if (content.Pictures.Count > ChatMessage.MaxAttachments) content.Faults.Add(Image, $"at most {ChatMessage.MaxAttachments} pictures come with a message.");
        var key = IdempotencyHeader.Read(http.Request, content.Faults);
        if (owner is null || !content.Faults.IsEmpty) throw StudioProblem.Validation(content.Faults).ToException();

        var opened = new List<IncomingPicture>();
        foreach (var sent in content.Pictures) opened.Add(await pictures.OpenAsync(sent, owner.Value, http.RequestAborted));
        return new IncomingMessage(owner.Value, text, opened, key, content.Text("session_id"));
    }

    /// <summary>Stores a message.</summary>
    /// <returns>The message; null when there is no such conversation.</returns>
    /// <exception cref="ProblemException">422: the Idempotency-Key was used with other words.</exception>
    public async Task<ChatMessage?> KeepAsync(IncomingMessage incoming, Guid sessionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(incoming);
        var (owner, text) = (incoming.Owner, incoming.Text);
        var id = incoming.Key is { } key ? IdOf(owner, sessionId, key) : OrderedId.New(time.GetUtcNow());
        if (incoming.Key is not null && await chat.FindMessageAsync(owner, sessionId, id, cancellationToken) is { } known) return Same(known, text);
        if (await chat.FindAsync(owner, sessionId, cancellationToken) is null) return null;

        var records = new List<StudioImage>();
        var stored = false;
        try
        {
            var attachments = new List<ChatAttachment>();
            foreach (var picture in incoming.Pictures)
            {
                var kept = await uploads.KeepAsync(owner, picture, records, cancellationToken);
                attachments.Add(new ChatAttachment(kept.ImageId, kept.Slot == Image ? null : kept.Slot));
            }

            var draft = new ChatDraft(id, text) { Attachments = attachments, Uploads = records };
            var outcome = await chat.AppendAsync(owner, sessionId, draft, CancellationToken.None);
            if (outcome is AppendOutcome.Full { Limit: var limit })
                throw CallProblems.QueueFull($"{limit} of your messages wait for their turn. Wait for one of them to end.").ToException();
            if (outcome is not AppendOutcome.Added { Message: var message }) return null;

            // A message of the same key that was faster has pictures of its own.
            stored = attachments.SequenceEqual(message.Work.Attachments);
            await TellAsync(message);
            return Same(message, text);
        }
        catch (StorageException)
        {
            // A commit whose answer was lost has still happened; only the store knows. Where even that cannot be asked, the pictures stay.
            stored = true;
            stored = await chat.FindMessageAsync(owner, sessionId, id, CancellationToken.None) is not null;
            throw;
        }
        finally
        {
            if (!stored) await uploads.DiscardAsync(records);
        }
    }

    // The field that it came in, for a fault to name.
    private static (string Field, string Text) TextOf(RequestContent content)
    {
        foreach (var name in TextFields)
        {
            if (content.Text(name) is { } text) return (name, ChatText.Clean(text));
        }

        return (TextFields[0], "");
    }

    private static ChatMessage Same(ChatMessage message, string text) =>
        message.Content == text ? message : throw CallProblems.KeyReused().ToException();

    // The same key names the same message of a conversation, so that a repeated request finds it.
    private static Guid IdOf(Owner owner, Guid sessionId, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{owner.Text}\n{sessionId:N}\n{key}"));
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    private async Task TellAsync(ChatMessage message)
    {
        try
        {
            await events.TellWorkersAsync(message.Owner, time.GetUtcNow(), CancellationToken.None);
            await events.TellAsync(message, time.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogNotTold(logger, exception, message.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Workers were not told of message {MessageId}; they find it when they look")]
    private static partial void LogNotTold(ILogger logger, Exception exception, Guid messageId);
}

/// <summary>A message as it came.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Text">What the person wrote; may be empty when a picture came.</param>
/// <param name="Pictures">The pictures that came with it, checked by their headers.</param>
/// <param name="Key">The caller's Idempotency-Key.</param>
/// <param name="SessionName">The conversation's name, where the client sent one.</param>
public sealed record IncomingMessage(Owner Owner, string Text, IReadOnlyList<IncomingPicture> Pictures, string? Key, string? SessionName);
