using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Models;

/// <summary>What an operating system says of folders, in words that help.</summary>
internal static class FolderFaults
{
    private const int DiskFull = 28;
    private const int QuotaExceeded = 122;
    private const int ReadOnly = 30;
    private const int WouldBlock = 11;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsSharing = unchecked((int)0x80070020);

    /// <summary>Whether a fault means that someone else has the file open for themselves.</summary>
    public static bool IsLocked(IOException fault) => fault.HResult is WouldBlock or WindowsSharing;

    /// <summary>Whether a fault is one of the folder's.</summary>
    public static bool Is(Exception fault) => fault is IOException or UnauthorizedAccessException;

    /// <summary>The fault as the studio tells it.</summary>
    /// <param name="fault">What the operating system said.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="needed">The bytes that were to be written in all, where it is known.</param>
    public static ModelException Explain(Exception fault, string folder, long? needed = null)
    {
        var full = fault.HResult is DiskFull or QuotaExceeded or WindowsDiskFull;
        if (full)
        {
            var size = needed is { } bytes ? $" of {Mebibytes(bytes)}" : "";
            return new(ModelFault.NoSpace, $"There is no room for the model{size} in {folder}. Make room, or choose another folder: {Setting}.", fault);
        }

        var why = fault.HResult == ReadOnly ? "it is read-only" : fault is UnauthorizedAccessException ? "access is denied" : fault.Message;
        return new(ModelFault.NotWritable, $"The folder of models {folder} cannot be written to: {why}. Choose another one: {Setting}.", fault);
    }

    /// <summary>Refuses what will not fit. What a file system does not tell is found out while writing.</summary>
    public static void RequireRoom(string folder, long needed)
    {
        long free;
        try
        {
            free = new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return;
        }

        if (free >= needed) return;
        throw new ModelException(
            ModelFault.NoSpace,
            $"There is no room for the model in {folder}: it needs {Mebibytes(needed)} more and {Mebibytes(free)} are free. "
            + $"Make room, or choose another folder: {Setting}.");
    }

    /// <summary>A size for people.</summary>
    public static string Mebibytes(long bytes) =>
        bytes < 1 << 20 ? FormattableString.Invariant($"{bytes:N0} bytes") : FormattableString.Invariant($"{bytes / 1048576.0:F1} MiB");

    private const string Setting = $"{ModelFolders.Setting} (MODEL_PATH)";
}
