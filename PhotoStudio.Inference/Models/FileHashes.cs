using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace PhotoStudio.Inference.Models;

/// <summary>
/// The hashes of a folder's files, remembered for as long as size and time of a file stay the same: in memory and, where the folder
/// can be written to, in a file of it, so that large models are hashed once and not at every start. Thread-safe.
/// </summary>
internal sealed class FileHashes
{
    // A file that is written twice within one tick of its file system's clock keeps its time.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    // The times of files are the machine's.
    private static readonly TimeProvider Machine = TimeProvider.System;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, FileHash> _known = new(StringComparer.Ordinal);
    private readonly string _record;
    private readonly ILogger _logger;

    /// <summary>Reads what is remembered of a folder.</summary>
    public FileHashes(string folder, ILogger logger)
    {
        _record = Path.Combine(folder, ModelFiles.Private, "hashes.json");
        _logger = logger;
        Load();
    }

    /// <summary>What is known of a file as it is now; null when it has to be hashed.</summary>
    public string? Find(ModelFile file)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue(file.Path, out var known) || !known.Is(file)) return null;
            return known.Keep || Machine.GetUtcNow() - file.Written <= Settled ? known.Sha256 : null;
        }
    }

    /// <summary>Hashes a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <param name="read">Hears how many bytes have been read.</param>
    /// <returns>Its SHA-256; null when it changed meanwhile or cannot be read.</returns>
    public async Task<string?> HashAsync(ModelFile file, CancellationToken cancellationToken, Action<long>? read = null)
    {
        try
        {
            var started = Machine.GetUtcNow();
            var hash = await ReadAsync(file.Path, read, cancellationToken);
            if (ModelFile.Of(file.Path) != file) return null;

            Remember(file, hash, keep: started - file.Written > Settled);
            return hash;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _logger.ModelUnreadable(fault, file.Path);
            return null;
        }
    }

    /// <summary>Remembers a hash that was computed while the file was written.</summary>
    public void Remember(ModelFile file, string sha256, bool keep = true)
    {
        lock (_lock)
        {
            _known[file.Path] = new(file.Path, file.Bytes, file.Written.UtcTicks, sha256) { Keep = keep };
        }
    }

    /// <summary>Forgets every file but these.</summary>
    public void Keep(IEnumerable<ModelFile> present)
    {
        lock (_lock)
        {
            if (_known.Count == 0) return;
            foreach (var gone in _known.Keys.Except(present.Select(file => file.Path), StringComparer.Ordinal).ToArray()) _known.Remove(gone);
        }
    }

    /// <summary>Writes down what is known. A folder that cannot be written to is no fault.</summary>
    public void Save()
    {
        lock (_lock)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_record)!);
                var written = new FileHashRecord([.. _known.Values.Where(each => each.Keep).Select(each => each with { Path = Relative(each.Path) })]);
                ModelFiles.WriteWhole(_record, JsonSerializer.SerializeToUtf8Bytes(written, StoreJson.Default.FileHashRecord));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                _logger.HashesNotKept(fault, _record);
            }
        }
    }

    private static async Task<string> ReadAsync(string path, Action<long>? read, CancellationToken cancellationToken)
    {
        await using var stream = ModelFiles.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer.AsSpan(0, count));
            read?.Invoke(stream.Position);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private string Relative(string path) => Path.GetRelativePath(Folder, path);

    private string Folder => Path.GetDirectoryName(Path.GetDirectoryName(_record)!)!;

    private void Load()
    {
        try
        {
            if (!File.Exists(_record)) return;
            using var stream = File.OpenRead(_record);
            foreach (var each in JsonSerializer.Deserialize(stream, StoreJson.Default.FileHashRecord)?.Files ?? [])
            {
                var path = Path.GetFullPath(Path.Combine(Folder, each.Path));
                _known[path] = each with { Path = path, Keep = true };
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            _logger.HashesNotKept(fault, _record);
        }
    }
}

/// <summary>The hashes as they are written down.</summary>
/// <param name="Files">The files.</param>
internal sealed record FileHashRecord(IReadOnlyList<FileHash> Files);

/// <summary>A file's hash.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size when it was hashed.</param>
/// <param name="Ticks">When it had last been written, as UTC ticks of 100 ns.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
internal sealed record FileHash(string Path, long Bytes, long Ticks, string Sha256)
{
    /// <summary>Whether it may be written down; a file that was changed a moment ago may change again without its time telling.</summary>
    [JsonIgnore]
    public bool Keep { get; init; } = true;

    /// <summary>Whether the file is still the one that was hashed.</summary>
    public bool Is(ModelFile file) => Bytes == file.Bytes && Ticks == file.Written.UtcTicks;
}

/// <summary>What the store writes down.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(FileHashRecord))]
[JsonSerializable(typeof(LicenceAcceptance))]
[JsonSerializable(typeof(ImportedModel))]
internal sealed partial class StoreJson : JsonSerializerContext;
