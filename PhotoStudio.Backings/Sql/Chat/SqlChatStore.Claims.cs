using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql.Rows;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Chat;

/// <content>Whose turn it is, and who has it in hand.</content>
public sealed partial class SqlChatStore
{
    private static readonly Expression<Func<ChatMessageRow, bool>> IsOpen = row => row.State == JobState.Pending || row.State == JobState.Processing;

    /// <inheritdoc/>
    public async Task<ClaimedMessage?> TakeAsync(string worker, TimeSpan lease, CancellationToken cancellationToken)
    {
        // Most of the time there is nothing, and looking takes no turn to write.
        if (!await database.ReadAsync((db, now, token) => Due(db, now).AnyAsync(token), cancellationToken)) return null;
        return await database.WriteAsync(
            async (db, now, token) =>
            {
                if (await Due(db, now).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).FirstOrDefaultAsync(token) is not { } row) return null;

                // A lease that ran out in somebody's hands, rather than one that was handed back, is a failure.
                if (row.Worker is not null) row.Failures++;
                (row.State, row.Worker, row.LeaseUntil) = (JobState.Processing, worker, now + lease);
                row.Token++;
                row.Version++;
                await db.SaveChangesAsync(token);
                return Claim(row);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ClaimedMessage?> SaveAsync(ClaimedMessage claim, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return database.WriteAsync(
            async (db, now, token) =>
            {
                var message = claim.Message;
                if (await HeldAsync(db, claim, token) is not { } row) return null;

                row.State = message.State;
                row.Work = ChatMessageRow.Json(message.Work);
                row.Version++;
                var ended = message.State.IsTerminal();
                row.FinishedAt = ended ? now : null;
                row.LeaseUntil = ended ? null : now + lease;
                if (ended)
                {
                    row.Worker = null;
                    await db.ChatSessions.Where(session => session.Id == row.SessionId)
                        .ExecuteUpdateAsync(set => set.SetProperty(session => session.UpdatedAt, now), token);
                }

                await db.SaveChangesAsync(token);
                return Claim(row);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RenewAsync(ClaimedMessage claim, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var (id, fence) = (claim.Message.Id, claim.Token);
        return database.WriteAsync(
            async (db, now, token) =>
            {
                DateTimeOffset? until = now + lease;
                return await db.ChatMessages.Where(row => row.Id == id && row.Token == fence && row.State == JobState.Processing)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), token) > 0;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(ClaimedMessage claim, bool failed, TimeSpan pause, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return database.WriteAsync(
            async (db, now, token) =>
            {
                if (await HeldAsync(db, claim, token) is not { } row) return false;
                row.Worker = null;
                row.LeaseUntil = pause > TimeSpan.Zero ? now + pause : null;
                if (failed) row.Failures++;
                row.Version++;
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task AbandonAsync(CancellationToken cancellationToken) => database.WriteAsync(
        (db, _, token) => db.ChatMessages.Where(row => row.LeaseUntil != null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null).SetProperty(row => row.Token, row => row.Token + 1), token),
        cancellationToken);

    // The first message of each conversation that has not ended, unless somebody holds it.
    private static IQueryable<ChatMessageRow> Due(StudioDbContext db, DateTimeOffset now) => db.ChatMessages
        .Where(IsOpen)
        .Where(row => row.LeaseUntil == null || row.LeaseUntil <= now)
        .Where(row => !db.ChatMessages.Any(other => other.SessionId == row.SessionId && other.Number < row.Number
            && (other.State == JobState.Pending || other.State == JobState.Processing)));

    private static Task<ChatMessageRow?> HeldAsync(StudioDbContext db, ClaimedMessage claim, CancellationToken cancellationToken)
    {
        var (id, fence) = (claim.Message.Id, claim.Token);
        return db.ChatMessages.SingleOrDefaultAsync(row => row.Id == id && row.Token == fence && row.State == JobState.Processing, cancellationToken);
    }

    private static ClaimedMessage Claim(ChatMessageRow row) => new(row.ToMessage(), row.Token, row.Failures);
}
