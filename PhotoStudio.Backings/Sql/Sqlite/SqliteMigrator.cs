using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PhotoStudio.Core;

namespace PhotoStudio.Backings.Sql.Sqlite;

/// <summary>
/// Makes the database ready before anything else of the host starts: creates its folder and file, switches write-ahead logging on,
/// and applies the migrations it lacks. Whatever prevents that ends the start with a clear error.
/// </summary>
public sealed partial class SqliteMigrator(IDbContextFactory<SqliteStudioDbContext> contexts, ILogger<SqliteMigrator> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    /// <summary>Makes the database ready; does nothing when it is.</summary>
    /// <exception cref="StorageException">
    /// The folder cannot be made or written, the file is no database, or it was written by a newer version of the studio.
    /// </exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using (db)
            {
                var location = new SqliteConnectionStringBuilder(db.Database.GetConnectionString());
                Directory.CreateDirectory(Path.GetDirectoryName(location.DataSource)!);
                if (location.Mode == SqliteOpenMode.ReadWrite) await CreateFileAsync(location, cancellationToken);
                await db.Database.OpenConnectionAsync(cancellationToken);
                await ProveWritableAsync(db, cancellationToken);
                await ApplyMigrationsAsync(db, location.DataSource, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                "The folder of the database cannot be made or written. "
                + "Give the studio's user the right to write there, or choose another data folder.",
                exception);
        }
        catch (Exception exception) when (SqliteErrors.Explain(exception) is { } message)
        {
            throw new StorageException(message, exception);
        }
        catch (SqliteException exception)
        {
            throw new StorageException($"The database could not be brought up to date: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => MigrateAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Only here may a missing file be made. Every other connection asks for an existing one, so that a file that vanishes while the
    /// studio runs is an error and not a fresh, empty database.
    /// </summary>
    private static async Task CreateFileAsync(SqliteConnectionStringBuilder location, CancellationToken cancellationToken)
    {
        var creating = new SqliteConnectionStringBuilder(location.ConnectionString)
        {
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        };
        await using var connection = new SqliteConnection(creating.ConnectionString);
        await connection.OpenAsync(cancellationToken);
    }

    private async Task ProveWritableAsync(SqliteStudioDbContext db, CancellationToken cancellationToken)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL;";
        var mode = (string?)await command.ExecuteScalarAsync(cancellationToken);
        if (mode != "wal") LogNoWriteAheadLog(mode);

        // SQLite makes its files beside the database for the writer's lock, and looks whether it may write at the first change.
        command.CommandText = "BEGIN IMMEDIATE; PRAGMA user_version = 0; ROLLBACK;";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ApplyMigrationsAsync(SqliteStudioDbContext db, string file, CancellationToken cancellationToken)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw new StorageException(
                $"The database was written by a newer version of the studio: it has the change '{unknown}', which this version "
                + "does not know. Start the newer version, or restore a backup from before.");
        }

        if (known.Count == applied.Count) return;

        // EF Core's own lock is a row that a killed process leaves behind, on which every later start would wait forever. The operating
        // system's lock on a file ends with its process; who holds it may remove that row.
        await using var turn = await LockAsync(file + ".migrating", cancellationToken);
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        LogMigrated(known.Count - applied.Count, known[^1]);
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += LockPoll)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < LockPatience && File.Exists(path))
            {
                await Task.Delay(LockPoll, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {Count} change(s) to the database; it is now at {Migration}.")]
    private partial void LogMigrated(int count, string migration);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database's file system does not allow write-ahead logging (journal mode is {Mode}); "
            + "readers and writers will wait for each other.")]
    private partial void LogNoWriteAheadLog(string? mode);
}
