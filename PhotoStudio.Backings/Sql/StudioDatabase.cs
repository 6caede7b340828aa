using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PhotoStudio.Core;

namespace PhotoStudio.Backings.Sql;

/// <summary>
/// How the stores use the database: reads, and writes that are one transaction each. A write that loses a race is made again from the
/// start; while the database cannot be reached both are tried again for a while; and what an operator has to mend comes out as a
/// <see cref="StorageException"/>. Thread-safe.
/// </summary>
/// <remarks>
/// This takes the place of EF Core's retrying execution strategy, which cannot see a transaction whole that it did not begin itself and
/// does not know what became of a commit whose answer was lost.
/// </remarks>
public abstract class StudioDatabase(DatabaseClock clock)
{
    /// <summary>How often a write is begun before it gives up. Each lost race means that another writer got through.</summary>
    private const int MaxTries = 32;

    /// <summary>From which try on a write that loses makes way for a moment.</summary>
    private const int PatientTries = 4;

    /// <summary>How long an interrupted database is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Runs queries. They run again when the database was interrupted.</summary>
    /// <exception cref="StorageException">The database could not be read.</exception>
    public async Task<T> ReadAsync<T>(Func<StudioDbContext, CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        var outage = new Outage();
        while (true)
        {
            try
            {
                var db = await OpenAsync(cancellationToken);
                await using (db) return await query(db, cancellationToken);
            }
            catch (Exception exception) when (IsInterruption(exception) && outage.MayGoOn())
            {
                await Task.Delay(outage.NextPause(), cancellationToken);
            }
            catch (Exception exception) when (Explain(exception) is { } message)
            {
                throw new StorageException(message, exception);
            }
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
    /// inside, and nothing outside the database: it runs again when another writer was faster or the database was interrupted.
    /// </summary>
    /// <exception cref="StorageException">The database could not be written; nothing of the work is stored, unless the message says that this is not known.</exception>
    public Task<T> WriteAsync<T>(
        Func<StudioDbContext, DateTimeOffset, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken) =>
        WriteAsync(WriteMode.Snapshot, work, cancellationToken);

    /// <summary>The same, in a way that the work asks for.</summary>
    /// <exception cref="StorageException">The database could not be written; nothing of the work is stored, unless the message says that this is not known.</exception>
    public async Task<T> WriteAsync<T>(
        WriteMode mode,
        Func<StudioDbContext, DateTimeOffset, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken)
    {
        var outage = new Outage();
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await WriteOnceAsync(mode, work, cancellationToken);
            }
            catch (Exception exception) when (LostRace(exception) && tries < MaxTries)
            {
                // The other writer's change is committed: begin again and see it.
                if (tries >= PatientTries) await Task.Delay(Random.Shared.Next(tries), cancellationToken);
            }
            catch (Exception exception) when (IsInterruption(exception) && outage.MayGoOn())
            {
                await Task.Delay(outage.NextPause(), cancellationToken);
            }
            catch (Exception exception) when (exception is DbUpdateConcurrencyException || IsConflict(exception))
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

    /// <summary>Begins a transaction.</summary>
    protected virtual Task<IDbContextTransaction> BeginAsync(StudioDbContext db, WriteMode mode, CancellationToken cancellationToken) =>
        db.Database.BeginTransactionAsync(cancellationToken);

    /// <summary>
    /// The first thing in a transaction: its turn if it has one, the time, and what it is called where that can be asked for later.
    /// </summary>
    protected virtual async ValueTask<TransactionStart> StartAsync(StudioDbContext db, WriteMode mode, CancellationToken cancellationToken) =>
        new(await clock.NowAsync(db, cancellationToken), Id: null);

    /// <summary>
    /// Whether a transaction whose commit was not answered is stored. It is asked only for transactions that <see cref="StartAsync"/>
    /// gave an id.
    /// </summary>
    protected virtual Task<bool> WasCommittedAsync(string transaction, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This database gives its transactions no id.");

    /// <summary>What an operator can do about the exception, naming no path; null when it is not for an operator.</summary>
    protected abstract string? Explain(Exception exception);

    /// <summary>Whether a row with the same unique key was inserted in the meantime.</summary>
    protected abstract bool IsUniqueViolation(Exception exception);

    /// <summary>Whether the database itself saw that two writers were in each other's way.</summary>
    protected virtual bool IsConflict(Exception exception) => false;

    /// <summary>Whether the database cannot be reached at the moment and may be again soon.</summary>
    protected virtual bool IsInterruption(Exception exception) => false;

    private bool LostRace(Exception exception) =>
        exception is DbUpdateConcurrencyException || IsUniqueViolation(exception) || IsConflict(exception);

    private async Task<T> WriteOnceAsync<T>(
        WriteMode mode,
        Func<StudioDbContext, DateTimeOffset, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken)
    {
        using var turn = await EnterWriteAsync(cancellationToken);
        var db = await OpenAsync(cancellationToken);
        await using (db)
        {
            // A failed write gives up its whole transaction, so savepoints within it are of no use.
            db.Database.AutoSavepointsEnabled = false;
            await using var transaction = await BeginAsync(db, mode, cancellationToken);
            var start = await StartAsync(db, mode, cancellationToken);
            var result = await work(db, start.Now, cancellationToken);
            try
            {
                // Not cancelled from here on: whoever asked gets to know what became of it.
                await transaction.CommitAsync(CancellationToken.None);
            }
            catch (Exception exception) when (start.Id is not null && IsInterruption(exception))
            {
                if (!await FindOutAsync(start.Id, exception)) throw;
            }

            return result;
        }
    }

    /// <summary>Whether a transaction was committed although nobody said so.</summary>
    private async Task<bool> FindOutAsync(string transaction, Exception lost)
    {
        var outage = new Outage();
        while (true)
        {
            using var limit = new CancellationTokenSource(Patience);
            try
            {
                return await WasCommittedAsync(transaction, limit.Token);
            }
            catch (Exception exception) when (IsInterruption(exception) && outage.MayGoOn())
            {
                await Task.Delay(outage.NextPause(), CancellationToken.None);
            }
            catch (Exception exception) when (exception is OperationCanceledException || Explain(exception) is not null)
            {
                throw new StorageException(
                    "The database went away while it stored a change, so that it is not known whether the change is there.", lost);
            }
        }
    }

    /// <summary>How a transaction began.</summary>
    /// <param name="Now">The database's time.</param>
    /// <param name="Id">What the database calls the transaction; null where that cannot be asked for later.</param>
    protected sealed record TransactionStart(DateTimeOffset Now, string? Id);

    /// <summary>The waiting for an interrupted database: pauses that grow, until patience ends.</summary>
    private struct Outage
    {
        private long _began;
        private int _pauses;

        public bool MayGoOn()
        {
            if (_began == 0) _began = Stopwatch.GetTimestamp();
            return Stopwatch.GetElapsedTime(_began) < Patience;
        }

        public TimeSpan NextPause()
        {
            var pause = Math.Min(FirstPause.TotalMilliseconds * Math.Pow(2, _pauses++), LongestPause.TotalMilliseconds);
            return TimeSpan.FromMilliseconds(pause * (0.5 + (Random.Shared.NextDouble() / 2)));
        }
    }
}
