using System.Text.Json.Nodes;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Chat;

/// <summary>Reads from the stores what the assistant needs to know of a conversation.</summary>
public sealed class ConversationHistory(IChatStore chat, IJobStore jobs, IImageLibrary images)
{
    private const int Remembered = 20;

    /// <summary>
    /// The conversation up to a message, the message's own pictures included. Pictures that their owner has deleted are not in it.
    /// </summary>
    public async Task<ConversationContext> BeforeAsync(ChatMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);

        // Those that came after it are on this page as well.
        var latest = await chat.MessagesAsync(
            message.Owner, message.SessionId, new PageRequest(1, Remembered + ChatMessage.MaxUnfinished), newestFirst: true, cancellationToken);
        var earlier = latest.Items.Where(other => other.Number < message.Number).OrderBy(other => other.Number).TakeLast(Remembered).ToList();
        var known = await KnownAsync([.. earlier, message], cancellationToken);
        var attachments = earlier.Append(message).SelectMany(other => other.Work.Attachments).Select(attachment => attachment.ImageId).ToHashSet();

        var messages = new List<EarlierMessage>();
        var results = new List<EarlierResult>();
        PictureReference? current = null;
        foreach (var other in earlier)
        {
            var attached = Attached(other, known);
            messages.Add(new EarlierMessage(FromPerson: true, other.Content) { Attachments = attached });

            // A picture that came is newer than every result before it.
            if (attached.Find(picture => picture.Slot is null) is { } picture) current = PictureReference.Attachment(picture.Id);
            var index = messages.Count - 1;
            foreach (var result in other.Work.Results.Where(result => known.Contains(result.ImageId)))
            {
                if (await ResultAsync(other, result, index, attachments, cancellationToken) is not { } made) continue;
                results.Add(made);
                current = null;
            }

            if (other.Work.Plan?.Selected is { } selected) current = selected;
            if (other.Work.Reply is not null || other.Work.Plan is not null)
                messages.Add(new EarlierMessage(FromPerson: false, other.Work.Reply ?? "") { Plan = other.Work.Plan });
        }

        return new ConversationContext
        {
            Messages = messages,
            Results = results,
            Attachments = Attached(message, known),
            Current = message.Work.Attachments.Count > 0 ? null : current,
        };
    }

    private static List<AttachedPicture> Attached(ChatMessage message, HashSet<Guid> known) =>
        [.. message.Work.Attachments.Where(attachment => known.Contains(attachment.ImageId))
            .Select(attachment => new AttachedPicture(IdOf(attachment.ImageId)) { Slot = attachment.Slot })];

    private static string IdOf(Guid imageId) => imageId.ToString("D");

    private async Task<HashSet<Guid>> KnownAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var ids = messages.SelectMany(message => message.Work.Results.Select(result => result.ImageId)
            .Concat(message.Work.Attachments.Select(attachment => attachment.ImageId))).ToHashSet();
        if (ids.Count == 0) return [];
        var found = await images.FindAsync(messages[0].Owner, ids, cancellationToken);
        return [.. found.Where(image => image.DeletedAt is null).Select(image => image.Id)];
    }

    private async Task<EarlierResult?> ResultAsync(
        ChatMessage message, ChatResult result, int index, HashSet<Guid> attachments, CancellationToken cancellationToken)
    {
        if (result.Step >= message.Work.Jobs.Count) return null;
        if (await jobs.FindAsync(message.Owner, message.Work.Jobs[result.Step], cancellationToken) is not { } job) return null;

        // With the seed that was drawn, "again" can choose another one.
        var parameters = JsonNode.Parse(job.Parameters)?.AsObject() ?? [];
        if (job.Engine?.Seed is { } seed && OperationCatalog.TryFind(job.Operation, out var operation) && operation.FindParameter("seed") is not null)
            parameters["seed"] = seed;
        return new EarlierResult(IdOf(result.ImageId), job.Operation, parameters)
        {
            Inputs = job.Inputs.GroupBy(input => input.Slot, StringComparer.Ordinal).ToDictionary(
                slot => slot.Key, slot => Reference(slot.First().ImageId, attachments), StringComparer.Ordinal),
            Message = index,
        };
    }

    private static PictureReference Reference(Guid imageId, HashSet<Guid> attachments) =>
        attachments.Contains(imageId) ? PictureReference.Attachment(IdOf(imageId)) : PictureReference.Result(IdOf(imageId));
}
