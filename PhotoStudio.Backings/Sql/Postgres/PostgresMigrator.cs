using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PhotoStudio.Backings.Data;
using PhotoStudio.Core;

namespace PhotoStudio.Backings.Sql.Postgres;

/// <summary>
/// Makes the database ready before anything else of the host starts. Of several processes that start at once, one applies the missing
/// migrations and the others wait for it. Whatever prevents that ends the start with a clear error.
/// </summary>
internal sealed partial class PostgresMigrator(
    IDbContextFactory<PostgresStudioDbContext> contexts,
    NpgsqlDataSource source,
    IOptions<PostgresOptions> options,
    TimeProvider time,
    ILogger<PostgresMigrator> logger) : BeforeStart
{
    /// <summary>The advisory lock of whoever changes the tables; the number is the studio's own, and otherwise arbitrary.</summary>
    internal const long Turn = 0x53_74_75_64_69_6F_4D_67;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private readonly PostgresOptions _options = options.Value;

    /// <inheritdoc/>
    public override Task StartingAsync(CancellationToken cancellationToken) => MigrateAsync(cancellationToken);

    /// <summary>Makes the database ready; does nothing when it is.</summary>
    /// <exception cref="StorageException">
    /// The server cannot be reached or refuses the studio, the database was written by a newer version of the studio, or it is not brought
    /// up to date in time.
    /// </exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var waits = 0; ; waits++)
        {
            try
            {
                if (await TryMigrateAsync(cancellationToken)) return;
            }
            catch (Exception exception) when (PostgresErrors.IsStarting(exception) && time.GetElapsedTime(began) < _options.Patience)
            {
                // The server is there and will be ready in a moment.
            }
            catch (Exception exception) when (PostgresErrors.Explain(exception) is { } message)
            {
                throw new StorageException(message, exception);
            }
            catch (PostgresException exception)
            {
                throw new StorageException($"The database could not be brought up to date: {exception.MessageText}", exception);
            }

            if (time.GetElapsedTime(began) >= _options.Patience)
            {
                throw new StorageException(
                    "The database is older than this version of the studio and was not brought up to date in time. "
                    + (_options.Migrate
                        ? "Another process began to and has not ended; look at it, or try again."
                        : $"Run the step that does it: start one process with {PostgresOptions.Section}:{nameof(PostgresOptions.Migrate)}=true."));
            }

            if (waits == 0) LogWaiting();
            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    /// <summary>False when it is for another process to make the database ready.</summary>
    private async Task<bool> TryMigrateAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using (db)
        {
            if (await CountMissingAsync(db, cancellationToken) == 0) return true;
            if (!_options.Migrate) return false;

            // The lock belongs to the connection, so that it ends with its process however that ends.
            await using var turn = await source.OpenConnectionAsync(cancellationToken);
            if (!await TakeTurnAsync(turn, cancellationToken)) return false;

            var missing = await CountMissingAsync(db, cancellationToken);
            if (missing == 0) return true;
            db.Database.SetCommandTimeout(TimeSpan.Zero);
            await db.Database.MigrateAsync(cancellationToken);
            LogMigrated(missing, db.Database.GetMigrations().Last());
            return true;
        }
    }

    private static async Task<int> CountMissingAsync(PostgresStudioDbContext db, CancellationToken cancellationToken)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new StorageException(
                $"The database was written by a newer version of the studio: it has the change '{unknown}', which this version "
                + "does not know. Start the newer version, or restore a backup from before.");
        }

        return known.Count - applied.Count;
    }

    private static async Task<bool> TakeTurnAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_try_advisory_lock($1)";
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Turn });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {Count} change(s) to the database; it is now at {Migration}.")]
    private partial void LogMigrated(int count, string migration);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for the database to be ready.")]
    private partial void LogWaiting();
}
