using System.Runtime.InteropServices;
using PhotoStudio.Core;

namespace PhotoStudio.Backings.Blobs.Files;

/// <summary>Says in an operator's words what a file system meant. No message names a path: owners read them too.</summary>
internal static class FileFaults
{
    private const int DiskFull = 28, ReadOnly = 30, QuotaExceeded = 122, QuotaExceededOnMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsWriteProtected = unchecked((int)0x80070013);

    /// <summary>Whether the exception comes from the file system rather than from our own code.</summary>
    public static bool IsFault(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The exception that stores throw in its place.</summary>
    public static StorageException ToStorageException(Exception exception)
    {
        // A denied permission arrives with the errno one exception further in.
        var code = exception is IOException ? exception.HResult : (exception.InnerException as IOException)?.HResult ?? 0;
        return new StorageException(Describe(exception, code), exception);
    }

    private static string Describe(Exception exception, int code) => code switch
    {
        DiskFull or QuotaExceeded or QuotaExceededOnMac or WindowsDiskFull =>
            "The disk that holds the studio's data is full. Free some space on it, or point Studio:Data at a larger one.",
        ReadOnly or WindowsWriteProtected =>
            "The studio's data folder is on a read-only file system. Mount it writable, or point Studio:Data elsewhere.",
        _ when exception is UnauthorizedAccessException =>
            "The studio is not allowed to use its data folder. Give the user it runs as the right to read and write it (Studio:Data).",
        > 0 and < 4096 => $"The file system that holds the studio's data answered: {Marshal.GetPInvokeErrorMessage(code)}. Check Studio:Data.",
        _ => "The file system that holds the studio's data answered with an error. Check Studio:Data and the disk under it.",
    };
}
