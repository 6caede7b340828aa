using Npgsql;

namespace PhotoStudio.Backings.Sql.Postgres;

/// <summary>The connection string of a studio with a database server, as the stores use it.</summary>
public static class PostgresConnection
{
    /// <summary>The setting that holds it.</summary>
    public const string Setting = "ConnectionStrings:studio";

    /// <summary>Statements that a connection keeps prepared, where the connection string does not say otherwise.</summary>
    private const int PreparedStatements = 100;

    /// <summary>
    /// Reads it and adds what it leaves open: the name that the server shows for the studio's connections, and how many statements a
    /// connection keeps prepared (set <c>Max Auto Prepare=0</c> behind a pooler that cannot carry prepared statements).
    /// </summary>
    /// <param name="connectionString">Such as <c>Host=localhost;Database=studio;Username=studio;Password=…</c>.</param>
    /// <exception cref="InvalidOperationException">It is none, or it names no server; the message repeats nothing of it.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        NpgsqlConnectionStringBuilder location;
        try
        {
            location = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw Wrong(exception);
        }

        if (string.IsNullOrWhiteSpace(location.Host)) throw Wrong(null);
        location.ApplicationName ??= "PhotoStudio";
        if (!location.ShouldSerialize("Max Auto Prepare")) location.MaxAutoPrepare = PreparedStatements;
        return location;
    }

    private static InvalidOperationException Wrong(Exception? inner) => new(
        $"{Setting} is no connection string of PostgreSQL. It looks like 'Host=localhost;Port=5432;Database=studio;Username=studio;Password=…'. "
        + "Leave it out to keep the data in SQLite.",
        inner);
}
