using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PhotoStudio.Backings.Sql.Sqlite;

/// <summary>
/// What every connection is told (sqlite.org/pragma.html): a commit is on disk before it is answered, foreign keys hold, and a lock that
/// another process holds is waited for. Write-ahead logging is a property of the file; <see cref="SqliteMigrator"/> sets it.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    /// <summary>How long another process's lock is waited for, in seconds.</summary>
    public const int BusySeconds = 5;

    private static readonly string Pragmas =
        $"PRAGMA busy_timeout = {BusySeconds * 1000}; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
        + "PRAGMA journal_size_limit = 67108864;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
