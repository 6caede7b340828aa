using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Images;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Chat;

/// <summary>Conversations in two tables of a relational database.</summary>
public sealed partial class SqlChatStore(StudioDatabase database) : IChatStore
{
    /// <inheritdoc/>
    public Task<ChatSession> OpenAsync(Owner owner, string title, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(title);
        var id = OrderedId.New();
        return database.WriteAsync((db, now, token) => AddAsync(db, Row(id, owner, null, title, now), token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ChatSession?> FindLatestAsync(Owner owner, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) => (await Newest(Of(db, owner).Where(row => row.Key == null)).FirstOrDefaultAsync(token))?.ToSession(),
        cancellationToken);

    /// <inheritdoc/>
    public Task<ChatSession> OfKeyAsync(Owner owner, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var id = OrderedId.New();
        return database.WriteAsync(
            async (db, now, token) => await Newest(Of(db, owner).Where(row => row.Key == key)).FirstOrDefaultAsync(token) is { } known
                ? known.ToSession()
                : await AddAsync(db, Row(id, owner, key, "", now), token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ChatSession?> FindAsync(Owner owner, Guid sessionId, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) => (await Of(db, owner).AsNoTracking().SingleOrDefaultAsync(row => row.Id == sessionId, token))?.ToSession(),
        cancellationToken);

    /// <inheritdoc/>
    public Task<ChatSession?> FindAsync(Guid sessionId, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) => (await db.ChatSessions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == sessionId, token))?.ToSession(),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Page<ChatSession>> ListAsync(Owner owner, PageRequest page, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) => (await Newest(Of(db, owner)).ToPageAsync(page, token)).Select(row => row.ToSession()),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChatMessage>?> DeleteAsync(Owner owner, Guid sessionId, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<ChatMessage>?>(
            async (db, _, token) =>
            {
                if (await Of(db, owner).SingleOrDefaultAsync(row => row.Id == sessionId, token) is not { } session) return null;
                var open = await db.ChatMessages.AsNoTracking().Where(row => row.SessionId == sessionId).Where(IsOpen).OrderBy(row => row.Number).ToListAsync(token);

                // Its messages go with it; a message that was added meanwhile has changed the conversation's row.
                db.ChatSessions.Remove(session);
                await db.SaveChangesAsync(token);
                return open.ConvertAll(row => row.ToMessage());
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<AppendOutcome> AppendAsync(Owner owner, Guid sessionId, ChatDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return database.WriteAsync<AppendOutcome>(
            WriteMode.InTurn($"messages of {owner.Text}"),
            async (db, now, token) =>
            {
                if (await Of(db, owner).SingleOrDefaultAsync(row => row.Id == sessionId, token) is not { } session) return new AppendOutcome.Missing();
                if (await db.ChatMessages.AsNoTracking().SingleOrDefaultAsync(row => row.Id == draft.Id, token) is { } known)
                    return known.SessionId == sessionId ? new AppendOutcome.Added(known.ToMessage()) : new AppendOutcome.Missing();
                if (await db.ChatMessages.Where(row => row.Owner == owner.Text).CountAsync(IsOpen, token) >= ChatMessage.MaxUnfinished)
                    return new AppendOutcome.Full(ChatMessage.MaxUnfinished);

                session.LastNumber++;
                session.UpdatedAt = now;
                if (session.Title.Length == 0) session.Title = ChatTitles.From(draft.Content);
                var row = new ChatMessageRow
                {
                    Id = draft.Id,
                    SessionId = sessionId,
                    Owner = owner.Text,
                    Number = session.LastNumber,
                    Content = draft.Content,
                    State = JobState.Pending,
                    Work = ChatMessageRow.Json(new ChatWork { Attachments = draft.Attachments }),
                    Version = 1,
                    CreatedAt = now,
                };
                db.ChatMessages.Add(row);
                db.AddIndexed(draft.Uploads);
                await db.SaveChangesAsync(token);
                return new AppendOutcome.Added(row.ToMessage());
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ChatMessage?> FindMessageAsync(Owner owner, Guid sessionId, Guid messageId, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) => (await db.ChatMessages.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == messageId && row.SessionId == sessionId && row.Owner == owner.Text, token))?.ToMessage(),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Page<ChatMessage>> MessagesAsync(Owner owner, Guid sessionId, PageRequest page, bool newestFirst, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.ChatMessages.AsNoTracking().Where(row => row.SessionId == sessionId && row.Owner == owner.Text);
                rows = newestFirst ? rows.OrderByDescending(row => row.Number) : rows.OrderBy(row => row.Number);
                return (await rows.ToPageAsync(page, token)).Select(row => row.ToMessage());
            },
            cancellationToken);

    private static IQueryable<ChatSessionRow> Of(StudioDbContext db, Owner owner) => db.ChatSessions.Where(row => row.Owner == owner.Text);

    private static IQueryable<ChatSessionRow> Newest(IQueryable<ChatSessionRow> rows) =>
        rows.AsNoTracking().OrderByDescending(row => row.UpdatedAt).ThenByDescending(row => row.Id);

    private static ChatSessionRow Row(Guid id, Owner owner, string? key, string title, DateTimeOffset now) => new()
    {
        Id = id, Owner = owner.Text, Key = key, OpenedAs = key is null ? null : ChatSessionRow.NameOf(owner, key), Title = title, CreatedAt = now, UpdatedAt = now,
    };

    private static async Task<ChatSession> AddAsync(StudioDbContext db, ChatSessionRow row, CancellationToken cancellationToken)
    {
        db.ChatSessions.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return row.ToSession();
    }
}
