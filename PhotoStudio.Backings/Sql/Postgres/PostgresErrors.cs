using System.Net.Sockets;
using Npgsql;

namespace PhotoStudio.Backings.Sql.Postgres;

/// <summary>PostgreSQL's error codes (postgresql.org/docs/15/errcodes-appendix.html) in an operator's words.</summary>
internal static class PostgresErrors
{
    private const string Unreachable =
        $"The database server that {PostgresConnection.Setting} names cannot be reached. "
        + "Check the host, the port and the network, and whether PostgreSQL is running there.";

    private const string NoAnswer =
        "The database did not answer in time. It is overloaded, out of connections "
        + $"(Maximum Pool Size in {PostgresConnection.Setting}), or the network lost the answer.";

    /// <summary>What an operator can do about it; null when the exception says nothing about the storage.</summary>
    public static string? Explain(Exception exception)
    {
        if (exception is OperationCanceledException) return null;
        return Find<PostgresException>(exception) is { } error ? Explain(error.SqlState) : ExplainConnection(exception);
    }

    /// <summary>
    /// Whether the server or the way to it failed in a manner that passes: it is restarting, it ended the connection, or the connection broke.
    /// What was not committed is not stored.
    /// </summary>
    public static bool IsInterruption(Exception exception)
    {
        if (exception is OperationCanceledException) return false;
        if (Find<PostgresException>(exception) is { } error)
        {
            return error.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
                || error.SqlState.StartsWith("08", StringComparison.Ordinal);
        }

        return Find<NpgsqlException>(exception) is { IsTransient: true };
    }

    /// <summary>Whether the server is there and is still starting.</summary>
    public static bool IsStarting(Exception exception) =>
        Find<PostgresException>(exception)?.SqlState == PostgresErrorCodes.CannotConnectNow;

    /// <summary>Whether a row with the same key is there already.</summary>
    public static bool IsUniqueViolation(Exception exception) =>
        Find<PostgresException>(exception)?.SqlState == PostgresErrorCodes.UniqueViolation;

    /// <summary>Whether another transaction was faster and this one has to begin again.</summary>
    public static bool IsConflict(Exception exception) =>
        Find<PostgresException>(exception)?.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    private static string? Explain(string state) => state switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"The database server refuses the user or the password of {PostgresConnection.Setting}.",
        PostgresErrorCodes.InvalidCatalogName =>
            $"The database that {PostgresConnection.Setting} names does not exist on its server. Create it, or name another.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"The user of {PostgresConnection.Setting} may not do what the studio needs. Make it the owner of the database, or grant it the right.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn =>
            "The database lacks tables or columns that this version of the studio needs, or another program has changed them. "
            + "Bring it up to date by a start with Studio:Database:Migrate=true, or restore it from a backup.",
        PostgresErrorCodes.TooManyConnections =>
            "The database server has no connection left. Lower Maximum Pool Size in "
            + $"{PostgresConnection.Setting} of the studio's processes, or raise the server's max_connections.",
        PostgresErrorCodes.DiskFull =>
            "The database server has no room left on its disk. Free some space there; nothing that was accepted is lost.",
        PostgresErrorCodes.OutOfMemory => "The database server is out of memory.",
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            $"The database cannot be written: {PostgresConnection.Setting} names a standby or a read-only server.",
        PostgresErrorCodes.CannotConnectNow => "The database server is starting or stopping. Try again in a moment.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => "The database server has ended the connection: it is stopping or has crashed.",
        PostgresErrorCodes.QueryCanceled => NoAnswer,
        PostgresErrorCodes.IoError or PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted =>
            "The database server reports damaged data or a failing disk. Check its log, and restore a backup if need be.",
        _ when state.StartsWith("08", StringComparison.Ordinal) => Unreachable,
        _ => null,
    };

    private static string? ExplainConnection(Exception exception) => Find<NpgsqlException>(exception) switch
    {
        null => null,
        { InnerException: TimeoutException } => NoAnswer,
        { InnerException: SocketException or IOException } => Unreachable,
        { IsTransient: true } => Unreachable,
        _ => null,
    };

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found) return found;
        }

        return null;
    }
}
