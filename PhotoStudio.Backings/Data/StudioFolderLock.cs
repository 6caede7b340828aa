using System.Globalization;

namespace PhotoStudio.Backings.Data;

/// <summary>
/// Keeps a data folder to one process. An embedded database and everything that lives in memory beside it allow only one;
/// and a process that has the lock knows that whoever left work unfinished in the folder is dead. The operating system
/// takes the lock back when the process ends, however it ends.
/// </summary>
public sealed class StudioFolderLock : IDisposable
{
    // How the systems say that a file is locked: EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION.
    private const int WouldBlock = 11, WouldBlockOnMac = 35, SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private StudioFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="InvalidOperationException">Another process has it, or the folder cannot be written.</exception>
    public static StudioFolderLock Take(StudioFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
            FileStream file = new(folder.Lock, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            TellHolder(folder.Holder);
            return new StudioFolderLock(file);
        }
        catch (IOException exception) when (exception.HResult is WouldBlock or WouldBlockOnMac or SharingViolation)
        {
            throw new InvalidOperationException(
                $"Another studio{ReadHolder(folder.Holder)} already uses the data folder {folder.Path}. Stop it, or give this one a folder of its own with {StudioFolder.Setting} (--data).",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"The data folder {folder.Path} cannot be written: {exception.Message} Make it writable, or name another with {StudioFolder.Setting} (--data).",
                exception);
        }
    }

    /// <summary>Gives the lock back. The file stays: removing it would let two processes lock two files of one name.</summary>
    public void Dispose() => _file.Dispose();

    // The locked file itself cannot be opened by anybody else, not even to read.
    private static void TellHolder(string path)
    {
        try
        {
            File.WriteAllText(path, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // A full disk, say. Only the message to a second studio is poorer for it.
        }
    }

    /// <summary>Who has the lock, as " (process 123)"; empty when it cannot be told.</summary>
    private static string ReadHolder(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var id) ? $" (process {id})" : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
