using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using PhotoStudio.Backings.Sql;
using PhotoStudio.Core;

namespace PhotoStudio.Backings.Data;

/// <summary>
/// Copies a standalone studio's folder while the studio runs. The database goes first, by SQLite's online backup, which copies one moment of
/// it; then the files that it names. A blob is never changed, so a file is either there as it was at that moment or was removed since.
/// </summary>
public sealed class StudioBackup(StudioFolder folder, StudioDatabase database)
{
    private const string Incoming = ".incoming";

    /// <summary>Writes a backup into a folder that does not exist yet.</summary>
    /// <exception cref="StorageException">The folder exists, there is no database, or something could not be copied. Nothing is left then.</exception>
    public async Task<BackupReport> WriteAsync(string target, CancellationToken cancellationToken)
    {
        if (!File.Exists(folder.Database)) throw new StorageException($"There is no studio in '{folder.Path}'.");
        if (Path.Exists(target)) throw new StorageException($"'{target}' exists. A backup goes into a folder of its own.");
        var copy = new StudioFolder($"{Path.GetFullPath(target)}.partial");
        try
        {
            if (Directory.Exists(copy.Path)) Directory.Delete(copy.Path, recursive: true);
            Directory.CreateDirectory(copy.Path);
            await CopyDatabaseAsync(copy.Database, cancellationToken);
            var (files, bytes) = CopyFiles(copy, cancellationToken);
            Directory.Move(copy.Path, target);
            return new BackupReport(files, bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StorageException($"The backup could not be written: {exception.Message}", exception);
        }
        finally
        {
            if (Directory.Exists(copy.Path)) Directory.Delete(copy.Path, recursive: true);
        }
    }

    /// <summary>Puts a backup where the studio's data is to be; there must be no database yet, and so no studio that runs on it.</summary>
    /// <exception cref="StorageException">It is no backup, or the folder has a studio already.</exception>
    public static BackupReport Restore(string source, StudioFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var backup = new StudioFolder(Path.GetFullPath(source));
        if (!File.Exists(backup.Database)) throw new StorageException($"There is no backup in '{source}'.");
        if (File.Exists(folder.Database))
            throw new StorageException($"'{folder.Path}' has a studio already. End it and move its folder away first; nothing of it is overwritten.");
        try
        {
            // The database last: what is cut short is no studio.
            Directory.CreateDirectory(folder.Path);
            var (files, bytes) = Copy(backup.Path, folder.Path, file => file != backup.Database, CancellationToken.None);
            File.Copy(backup.Database, folder.Database + ".restoring", overwrite: true);
            File.Move(folder.Database + ".restoring", folder.Database);
            return new BackupReport(files, bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The backup could not be put back: {exception.Message}", exception);
        }
    }

    private Task<bool> CopyDatabaseAsync(string target, CancellationToken cancellationToken) => database.ReadAsync(
        async (db, token) =>
        {
            if (db.Database.GetDbConnection() is not SqliteConnection source)
                throw new StorageException("This studio's database is on a server; back it up with the server's own tools, and the files after it.");
            await db.Database.OpenConnectionAsync(token);
            await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = target, Pooling = false }.ConnectionString);
            await copy.OpenAsync(token);
            source.BackupDatabase(copy);
            return true;
        },
        cancellationToken);

    private (int Files, long Bytes) CopyFiles(StudioFolder copy, CancellationToken cancellationToken)
    {
        foreach (var key in (string[])[folder.SigningKey, folder.TokenKey])
        {
            if (File.Exists(key)) File.Copy(key, Path.Combine(copy.Path, Path.GetFileName(key)));
        }

        return Directory.Exists(folder.Blobs) ? Copy(folder.Blobs, copy.Blobs, _ => true, cancellationToken) : (0, 0);
    }

    private static (int Files, long Bytes) Copy(string from, string to, Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        var (files, bytes) = (0, 0L);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = Path.GetRelativePath(from, file);
            if (!wanted(file) || name.Split(Path.DirectorySeparatorChar)[0] == Incoming) continue;

            var target = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            try
            {
                File.Copy(file, target, overwrite: true);
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                // Removed since the list was made, and so from the database too, or doomed in it.
                continue;
            }

            files++;
            bytes += new FileInfo(target).Length;
        }

        return (files, bytes);
    }
}

/// <summary>What a backup has beside the database.</summary>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">Their bytes.</param>
public sealed record BackupReport(int Files, long Bytes);
