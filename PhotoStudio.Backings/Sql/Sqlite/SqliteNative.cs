namespace PhotoStudio.Backings.Sql.Sqlite;

/// <summary>
/// Readies SQLite before its first use. With the full package (aspire edition) the library readies itself and there is nothing to do;
/// the portable edition adds its part in <c>Portable/SqliteNative.cs</c>.
/// </summary>
public static partial class SqliteNative
{
    /// <summary>To call before anything of Microsoft.Data.Sqlite or EF Core's SQLite provider is touched; again does nothing.</summary>
    /// <exception cref="DllNotFoundException">No SQLite library, or too old a one; the message says how to get it.</exception>
    public static void Initialize() => UseSystemLibrary();

    static partial void UseSystemLibrary();
}
