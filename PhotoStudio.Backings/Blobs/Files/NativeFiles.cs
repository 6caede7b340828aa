using System.Runtime.InteropServices;

namespace PhotoStudio.Backings.Blobs.Files;

/// <summary>
/// The two file operations that .NET does not offer: giving a file a second name only if that name is free, and making
/// a folder's entries durable. POSIX: link(2), fsync(2) on a directory.
/// </summary>
internal static partial class NativeFiles
{
    private const int NotFound = 2, NotPermitted = 1, Exists = 17, TooManyLinks = 31, NotImplemented = 38, NotSupported = 95, NotSupportedOnMac = 45;

    /// <summary>Moves a finished file to a name that must be free, in one step that concurrent movers cannot both win.</summary>
    /// <returns>False when the name is taken; the source stays.</returns>
    /// <exception cref="DirectoryNotFoundException">The target's folder is gone.</exception>
    /// <exception cref="IOException">The file system refused.</exception>
    public static bool TryPublish(string source, string target)
    {
        // On Windows a move that must not overwrite is one step; on Unix .NET asks first and renames then, which would overwrite.
        if (OperatingSystem.IsWindows()) return TryMove(source, target);
        if (Link(source, target) == 0)
        {
            File.Delete(source);
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            Exists => false,
            NotFound => throw new DirectoryNotFoundException(),
            NotPermitted or TooManyLinks or NotImplemented or NotSupported or NotSupportedOnMac => TryMove(source, target),
            _ => throw new IOException(Marshal.GetPInvokeErrorMessage(error), error),
        };
    }

    /// <summary>Makes the names in a folder survive a power failure.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0) return;
        _ = FSync(descriptor);
        _ = Close(descriptor);
    }

    private static bool TryMove(string source, string target)
    {
        if (File.Exists(target)) return false;
        try
        {
            File.Move(source, target, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
