using Microsoft.Data.Sqlite;

namespace PhotoStudio.Backings.Sql.Sqlite;

/// <summary>SQLite's result codes (sqlite.org/rescode.html) in an operator's words.</summary>
internal static class SqliteErrors
{
    private const int Perm = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const int ConstraintPrimaryKey = 1555;
    private const int ConstraintUnique = 2067;

    /// <summary>What an operator can do about it; null when the exception says nothing about the storage.</summary>
    public static string? Explain(Exception exception)
    {
        return Find(exception)?.SqliteErrorCode switch
        {
            Full => "The database has no room left: the disk is full or the database has reached its size limit. "
                + "Free some space in the data folder; nothing that was accepted is lost.",
            ReadOnly or Perm => "The database cannot be written: the data folder or the database file is read-only. "
                + "Give the studio's user the right to write there.",
            CannotOpen => "The database cannot be opened: the data folder is missing, or the studio's user may not read and write it.",
            IoError => "The disk that holds the database reported an error. Check the disk and the free space of the data folder.",
            Busy or Locked => $"Another program has kept the database locked for {SqlitePragmas.BusySeconds} seconds. "
                + "End it, or move it off the data folder.",
            Corrupt or NotADatabase => "The database file is damaged or is not a database. Restore it from a backup.",
            _ => null,
        };
    }

    /// <summary>Whether a row with the same key is there already.</summary>
    public static bool IsUniqueViolation(Exception exception) =>
        Find(exception) is { SqliteExtendedErrorCode: ConstraintPrimaryKey or ConstraintUnique };

    private static SqliteException? Find(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SqliteException error) return error;
        }

        return null;
    }
}
