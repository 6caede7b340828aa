using Microsoft.EntityFrameworkCore;
using PhotoStudio.Core;

namespace PhotoStudio.Backings.Sql;

/// <summary>
/// How the stores use the database: reads, and writes that are one transaction each. A write that loses a race is made
/// again from the start, and what an operator has to mend comes out as a <see cref="StorageException"/>. Thread-safe.
/// </summary>
public abstract class StudioDatabase(DatabaseClock clock)
{
    /// <summary>How often a write is begun before it gives up. Each lost race means that another writer got through.</summary>
    private const int MaxTries = 16;

    /// <summary>Runs queries.</summary>
    /// <exception cref="StorageException">The database could not be read.</exception>
    public async Task<T> ReadAsync<T>(Func<StudioDbContext, CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        try
        {
            var db = await OpenAsync(cancellationToken);
            await using (db) return await query(db, cancellationToken);
        }
        catch (Exception exception) when (Explain(exception) is { } message)
        {
            throw new StorageException(message, exception);
        }
    }

    /// <summary>Runs queries that need the database's time.</summary>
    /// <exception cref="StorageException">The database could not be read.</exception>
    public Task<T> ReadAsync<T>(
        Func<StudioDbContext, DateTimeOffset, CancellationToken, Task<T>> query,
        CancellationToken cancellationToken) =>
        ReadAsync(async (db, token) => await query(db, await clock.NowAsync(db, token), token), cancellationToken);

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction with the database's time and commits it. The work must do all of its reading
    /// inside, and nothing outside the database: it runs again when another writer was faster.
    /// </summary>
    /// <exception cref="StorageException">The database could not be written; nothing of the work is stored.</exception>
    public async Task<T> WriteAsync<T>(
        Func<StudioDbContext, DateTimeOffset, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await WriteOnceAsync(work, cancellationToken);
            }
            catch (Exception exception) when (LostRace(exception) && tries < MaxTries)
            {
                // The other writer's change is committed: begin again and see it.
            }
            catch (DbUpdateConcurrencyException exception)
            {
                throw new StorageException(
                    "The database is too busy: other writers changed the same records every time this one tried.",
                    exception);
            }
            catch (Exception exception) when (Explain(exception) is { } message)
            {
                throw new StorageException(message, exception);
            }
        }
    }

    /// <summary>A context of its own for the caller, who disposes it.</summary>
    protected abstract ValueTask<StudioDbContext> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Waits for the turn to write, where a database has one writer at a time. Disposing the answer ends the turn.</summary>
    protected virtual ValueTask<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken) => new((IDisposable?)null);

    /// <summary>What an operator can do about the exception, naming no path; null when it is not for an operator.</summary>
    protected abstract string? Explain(Exception exception);

    /// <summary>Whether a row with the same unique key was inserted in the meantime.</summary>
    protected abstract bool IsUniqueViolation(Exception exception);

    private bool LostRace(Exception exception) => exception is DbUpdateConcurrencyException || IsUniqueViolation(exception);

    private async Task<T> WriteOnceAsync<T>(
        Func<StudioDbContext, DateTimeOffset, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken)
    {
        using var turn = await EnterWriteAsync(cancellationToken);
        var db = await OpenAsync(cancellationToken);
        await using (db)
        {
            // A failed write gives up its whole transaction, so savepoints within it are of no use.
            db.Database.AutoSavepointsEnabled = false;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var result = await work(db, await clock.NowAsync(db, cancellationToken), cancellationToken);

            // Not cancelled from here on: whoever asked gets to know what became of it.
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
    }
}
