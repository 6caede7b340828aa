using System.Security.Cryptography;
using System.Text;

namespace PhotoStudio.Backings.Blobs.Files;

/// <summary>The secret that signs URLs to blobs.</summary>
public static class SigningKey
{
    /// <summary>Bytes of a key made by the studio; a configured one must have at least as many.</summary>
    public const int Length = 32;

    /// <summary>A configured secret as a key.</summary>
    /// <exception cref="InvalidOperationException">It is too short.</exception>
    public static byte[] FromText(string secret)
    {
        var key = Encoding.UTF8.GetBytes(secret);
        return key.Length >= Length
            ? key
            : throw new InvalidOperationException($"Studio:Files:SigningKey must have at least {Length} characters; it has {key.Length}.");
    }

    /// <summary>
    /// Reads the key of a file, or makes one of random bytes that only the user of this process may read. When several
    /// processes make it at once, one of them wins and all get the same key.
    /// </summary>
    /// <exception cref="InvalidOperationException">The file is no key.</exception>
    /// <exception cref="Core.StorageException">The file can be neither read nor made.</exception>
    public static byte[] FromFile(string path)
    {
        try
        {
            if (!File.Exists(path)) Make(path);
            var key = File.ReadAllBytes(path);
            return key.Length == Length
                ? key
                : throw new InvalidOperationException(
                    $"The signing key in {path} has {key.Length} bytes instead of {Length}. Restore it, or delete it to get a new one: signed URLs that were handed out then stop working.");
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            throw FileFaults.ToStorageException(exception);
        }
    }

    private static void Make(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (FileStream file = new(draft, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(Length));
                file.Flush(flushToDisk: true);
            }

            if (NativeFiles.TryPublish(draft, path)) NativeFiles.SyncFolder(folder);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
