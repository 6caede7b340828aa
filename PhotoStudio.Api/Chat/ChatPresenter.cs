using System.Text.Json.Nodes;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Chat;

/// <summary>Shows conversations and their messages, with URLs signed for this moment.</summary>
public sealed class ChatPresenter(IImageLibrary images, JobPresenter jobs, JobLinks links, IBlobUrls urls)
{
    /// <summary>The path of a conversation's event stream.</summary>
    public static string EventsPath(Guid sessionId) => $"/api/v1/chat/sessions/{sessionId:D}/events";

    /// <summary>How the states of messages are called here.</summary>
    public static string StatusOf(JobState state) => state switch
    {
        JobState.Pending or JobState.Processing => "PROCESSING",
        JobState.Completed => "DONE",
        JobState.Failed or JobState.Cancelled => "FAILED",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>Shows a conversation.</summary>
    public ChatSessionResource Show(ChatSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return new ChatSessionResource
        {
            SessionId = session.Id,
            Name = session.Key,
            Title = session.Title,
            MessageCount = session.Messages,
            CreatedAt = session.CreatedAt,
            UpdatedAt = session.UpdatedAt,
            EventsUrl = links.Events(EventsPath(session.Id)),
        };
    }

    /// <summary>Shows a message.</summary>
    public async Task<ChatMessageResource> ShowAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (await ShowAsync(message.Owner, [message], cancellationToken))[0];
    }

    /// <summary>Shows one owner's messages, with one question for all their pictures.</summary>
    public async Task<IReadOnlyList<ChatMessageResource>> ShowAsync(Owner owner, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var ids = messages.SelectMany(message => message.Work.Results.Select(result => result.ImageId)
            .Concat(message.Work.Attachments.Select(attachment => attachment.ImageId))).ToHashSet();
        var known = ids.Count == 0 ? [] : (await images.FindAsync(owner, ids, cancellationToken)).ToDictionary(image => image.Id);
        return [.. messages.Select(message => Show(message, known))];
    }

    private ChatMessageResource Show(ChatMessage message, Dictionary<Guid, StudioImage> known)
    {
        var work = message.Work;
        var results = work.Results.Select(result => known.GetValueOrDefault(result.ImageId)).OfType<StudioImage>().Select(jobs.Show).ToList();
        return new ChatMessageResource
        {
            MessageId = message.Id,
            SessionId = message.SessionId,
            Number = message.Number,
            Status = StatusOf(message.State),
            Content = message.Content,
            Intent = work.Plan?.Intent,
            Confidence = work.Plan?.Confidence,
            Language = work.Plan?.Language,
            Plan = [.. (work.Plan?.Steps ?? []).Select((step, index) =>
                new ChatStepResource(step.Operation, step.Parameters, index < work.Jobs.Count ? work.Jobs[index] : null))],
            RefinedPrompt = work.RefinedPrompt,
            Data = work.Data is { } data ? JsonNode.Parse(data) : null,
            Reply = work.Reply,
            ImageUrl = results.Count > 0 ? results[^1].Url : null,
            Results = results,
            Attachments = [.. work.Attachments.Select(attachment => new ChatAttachmentResource(
                attachment.ImageId,
                known.TryGetValue(attachment.ImageId, out var image) ? urls.Sign(image.BlobKey, JobPresenter.UrlLifetime) : null))],
            Error = work.Failure?.Message,
            ErrorCode = work.Failure?.Code,
            CreatedAt = message.CreatedAt,
            FinishedAt = message.FinishedAt,
        };
    }
}
