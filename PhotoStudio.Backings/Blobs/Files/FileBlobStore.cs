using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.StaticFiles;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Backings.Blobs.Files;

/// <summary>
/// Blobs as files under a folder, at the path their key spells. Bytes arrive in <c>.incoming/</c>, are flushed to the disk
/// and then get their name in one step that fails when the name is taken, so that a blob is there whole or not at all,
/// and two writers of one key cannot both win, not even from two processes. The media type follows from the extension;
/// one that does not is kept beside the blob in <c>.&lt;name&gt;.type</c>, a name that no key can have.
/// </summary>
/// <remarks>
/// A key cannot be a blob and the beginning of another blob's path at once. The studio's keys never are: they end in a
/// file name with an extension, and folders have none.
/// </remarks>
public sealed class FileBlobStore : IBlobStore
{
    private const string DefaultContentType = "application/octet-stream";
    private const int BufferSize = 128 * 1024;

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    private readonly string _root;
    private readonly string _incoming;
    private readonly TimeProvider _time;
    private readonly Lock[] _locks = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];
    private long _lastStored;

    /// <summary>Opens a folder of blobs, which is made when the first blob comes, and clears what a crash left half written.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="time">Says when a blob was stored.</param>
    public FileBlobStore(string root, TimeProvider time)
    {
        _root = Path.GetFullPath(root);
        _incoming = Path.Combine(_root, ".incoming");
        _time = time;
        RemoveAbandoned();
    }

    /// <inheritdoc/>
    public async Task<BlobInfo?> TryPutAsync(string key, Stream content, string contentType, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        var incoming = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        var reading = false;
        try
        {
            if (File.Exists(path)) return null;
            Directory.CreateDirectory(_incoming);

            // FileShare.None holds a lock for as long as the file is written: another process leaves it alone when it tidies up.
            await using FileStream file = new(incoming, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
            try
            {
                while (true)
                {
                    // What goes wrong in the caller's stream is the caller's to hear as it is.
                    reading = true;
                    var read = await content.ReadAsync(buffer, cancellationToken);
                    reading = false;
                    if (read == 0) break;
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            File.SetLastWriteTimeUtc(file.SafeFileHandle, NextStoredAt());
            file.Flush(flushToDisk: true);
            if (OperatingSystem.IsWindows()) await file.DisposeAsync();
            return TryPublish(key, incoming, path, contentType) ? Describe(key, new FileInfo(path)) : null;
        }
        catch (Exception exception) when (!reading && FileFaults.IsFault(exception))
        {
            throw FileFaults.ToStorageException(exception);
        }
        finally
        {
            TryDelete(incoming);
        }
    }

    /// <inheritdoc/>
    public Task<BlobInfo?> FindAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Describe(key, new FileInfo(PathOf(key))));
    }

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000", Justification = "The stream that is returned closes the file.")]
    public Task<Stream?> OpenReadAsync(string key, BlobRange? range, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (range is { } asked)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(asked.Offset, nameof(range));
            ArgumentOutOfRangeException.ThrowIfNegative(asked.Length ?? 0, nameof(range));
        }

        var path = PathOf(key);
        try
        {
            if (!File.Exists(path)) return Task.FromResult<Stream?>(null);
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
            if (range is not { } wanted) return Task.FromResult<Stream?>(file);

            var start = Math.Min(wanted.Offset, file.Length);
            return Task.FromResult<Stream?>(new RangeStream(file, start, Math.Min(wanted.Length ?? long.MaxValue, file.Length - start)));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            throw FileFaults.ToStorageException(exception);
        }
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(key);
        try
        {
            lock (LockOf(key))
            {
                if (!File.Exists(path)) return Task.FromResult(false);
                File.Delete(path);
                if (File.Exists(TypePathOf(path))) File.Delete(TypePathOf(path));
            }

            RemoveEmptyFolders(Path.GetDirectoryName(path)!);
            return Task.FromResult(true);
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            throw FileFaults.ToStorageException(exception);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        if (prefix.Length > 0 && !BlobKeys.IsValid(prefix + "x"))
            throw new ArgumentException($"'{prefix}' cannot be the beginning of a blob key.", nameof(prefix));

        var slash = prefix.LastIndexOf('/');
        return Walk(prefix[..(slash + 1)], prefix[(slash + 1)..], cancellationToken).ToAsyncEnumerable();
    }

    private IEnumerable<BlobInfo> Walk(string folderKey, string namePrefix, CancellationToken cancellationToken)
    {
        // A folder sorts as its keys do: with the slash that follows its name in them.
        var entries = Entries(Path.Combine(_root, folderKey), namePrefix)
            .Select(entry => (Name: entry is DirectoryInfo ? entry.Name + '/' : entry.Name, Entry: entry))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        foreach (var (name, entry) in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry is FileInfo file)
            {
                if (Describe(folderKey + name, file) is { } blob) yield return blob;
            }
            else
            {
                foreach (var blob in Walk(folderKey + name, "", cancellationToken)) yield return blob;
            }
        }
    }

    private static FileSystemInfo[] Entries(string folder, string namePrefix)
    {
        try
        {
            return
            [
                .. new DirectoryInfo(folder).EnumerateFileSystemInfos()
                    .Where(entry => entry.Name[0] != '.' && entry.Name.StartsWith(namePrefix, StringComparison.Ordinal)),
            ];
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException || File.Exists(folder.TrimEnd('/')))
        {
            return [];
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            throw FileFaults.ToStorageException(exception);
        }
    }

    private bool TryPublish(string key, string incoming, string path, string contentType)
    {
        var folder = Path.GetDirectoryName(path)!;
        lock (LockOf(key))
        {
            while (true)
            {
                MakeFolder(folder);
                try
                {
                    if (File.Exists(path)) return false;
                    WriteType(path, contentType);
                    if (!NativeFiles.TryPublish(incoming, path)) return false;
                    NativeFiles.SyncFolder(folder);
                    return true;
                }
                catch (DirectoryNotFoundException) when (File.Exists(incoming))
                {
                    // The last blob of the folder was deleted in this moment, and the folder with it: make it again.
                }
            }
        }
    }

    /// <summary>Makes a folder and those above it, each durable in the one above.</summary>
    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        var parent = Path.GetDirectoryName(folder);
        if (parent is not null) MakeFolder(parent);
        Directory.CreateDirectory(folder);
        if (parent is not null) NativeFiles.SyncFolder(parent);
    }

    private void WriteType(string path, string contentType)
    {
        var typePath = TypePathOf(path);
        if (contentType == DerivedType(path))
        {
            File.Delete(typePath);
            return;
        }

        var incoming = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        File.WriteAllText(incoming, contentType);
        File.Move(incoming, typePath, overwrite: true);
    }

    private static BlobInfo? Describe(string key, FileInfo file)
    {
        try
        {
            if (!file.Exists) return null;
            var storedAt = new DateTimeOffset(file.LastWriteTimeUtc);
            var typePath = TypePathOf(file.FullName);
            var contentType = File.Exists(typePath) ? File.ReadAllText(typePath) : DerivedType(key);
            return new BlobInfo(key, file.Length, contentType, $"{storedAt.Ticks:x}-{file.Length:x}", storedAt);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            throw FileFaults.ToStorageException(exception);
        }
    }

    /// <summary>Never the same twice, so that bytes written anew under a deleted key get another ETag however fast that goes.</summary>
    private DateTime NextStoredAt()
    {
        var now = _time.GetUtcNow().UtcTicks;
        while (true)
        {
            var last = Volatile.Read(ref _lastStored);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _lastStored, next, last) == last) return new DateTime(next, DateTimeKind.Utc);
        }
    }

    private void RemoveAbandoned()
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(_incoming))
            {
                try
                {
                    // Whoever still writes it holds its lock, and opening fails.
                    using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) File.Delete(path);
                }
                catch (Exception exception) when (FileFaults.IsFault(exception))
                {
                    // In use, or not ours to delete: it takes room and does no other harm.
                }
            }
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            // No folder yet, or none that can be read; the first write says what is wrong with it.
        }
    }

    private void RemoveEmptyFolders(string folder)
    {
        while (folder.Length > _root.Length && folder.StartsWith(_root, StringComparison.Ordinal))
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception exception) when (FileFaults.IsFault(exception))
            {
                return;
            }

            folder = Path.GetDirectoryName(folder)!;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (FileFaults.IsFault(exception))
        {
            // Removed at the next start.
        }
    }

    private string PathOf(string key)
    {
        if (!BlobKeys.IsValid(key)) throw new ArgumentException($"'{key}' is no valid blob key.", nameof(key));
        return Path.Combine(_root, key);
    }

    private static string TypePathOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.type");

    private static string DerivedType(string path) => ContentTypes.TryGetContentType(path, out var type) ? type : DefaultContentType;

    private Lock LockOf(string key) => _locks[(uint)string.GetHashCode(key, StringComparison.Ordinal) % (uint)_locks.Length];
}
