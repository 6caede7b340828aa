using System.Security.Cryptography;
using System.Text;

namespace PhotoStudio.Inference.Models;

/// <summary>
/// A file on its way into the store: <c>.store/partial/NAME</c>, hashed as it is written, with a note beside it of where it comes from
/// so that a later try can go on. Not for two writers at a time.
/// </summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private readonly FileStream _file;
    private readonly string _note;
    private IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartialFile(string path)
    {
        Path = path;
        _note = path + ".source";
        _file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        });
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>How many bytes it has.</summary>
    public long Length => _file.Length;

    /// <summary>Opens what an earlier try left, or begins anew.</summary>
    /// <param name="folder">The folder of models.</param>
    /// <param name="name">A plain file name.</param>
    /// <param name="read">Hears how many bytes of what is there have been read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<PartialFile> OpenAsync(string folder, string name, Action<long> read, CancellationToken cancellationToken)
    {
        var partial = System.IO.Path.Combine(folder, ModelFiles.Private, "partial");
        Directory.CreateDirectory(partial);
        var file = new PartialFile(System.IO.Path.Combine(partial, name));
        try
        {
            await file.ReadAsync(read, cancellationToken);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Deletes what earlier tries left under a name.</summary>
    public static void Delete(string folder, string name)
    {
        var path = System.IO.Path.Combine(folder, ModelFiles.Private, "partial", name);
        if (!File.Exists(path)) return;
        File.Delete(path);
        File.Delete(path + ".source");
    }

    /// <summary>What the source said of the version that this is a part of; null when it is another source's or nothing was said.</summary>
    public string? Validator(Uri source)
    {
        var lines = File.Exists(_note) ? File.ReadAllLines(_note) : [];
        return lines.Length == 2 && lines[0] == source.AbsoluteUri ? lines[1] : null;
    }

    /// <summary>Notes where it comes from.</summary>
    /// <param name="source">The address.</param>
    /// <param name="validator">A strong entity tag or a date (RFC 9110, 13.1.5); null when there is none.</param>
    public void Note(Uri source, string? validator)
    {
        if (validator is null) File.Delete(_note);
        else ModelFiles.WriteWhole(_note, Encoding.UTF8.GetBytes($"{source.AbsoluteUri}\n{validator}\n"));
    }

    /// <summary>Adds bytes at the end.</summary>
    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // Not broken off in the middle: what the file holds and what was hashed stay the same.
        await _file.WriteAsync(bytes, CancellationToken.None);
        _hash.AppendData(bytes.Span);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _file.SetLength(0);
        _file.Position = 0;
        _hash.Dispose();
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        File.Delete(_note);
    }

    /// <summary>The SHA-256 of what it holds, 64 lower-case hexadecimal digits.</summary>
    public string Hash() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>
    /// Makes it a file of the store, whole or not at all, and forgets the note. A file that has the name already is left as it is: this
    /// one then gets the beginning of its hash into its name.
    /// </summary>
    /// <param name="folder">The folder of models.</param>
    /// <param name="name">Its name there.</param>
    /// <returns>Its path.</returns>
    public async Task<string> KeepAsync(string folder, string name)
    {
        _file.Flush(flushToDisk: true);
        var hash = Hash();
        await _file.DisposeAsync();
        var path = System.IO.Path.Combine(folder, name);
        try
        {
            File.Move(Path, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            var (stem, extension) = (System.IO.Path.GetFileNameWithoutExtension(name), System.IO.Path.GetExtension(name));
            path = System.IO.Path.Combine(folder, $"{stem}-{hash[..12]}{extension}");
            File.Move(Path, path, overwrite: true);
        }

        File.Delete(_note);
        return path;
    }

    /// <summary>Deletes it.</summary>
    public async Task DeleteAsync()
    {
        await _file.DisposeAsync();
        File.Delete(Path);
        File.Delete(_note);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        _hash.Dispose();
    }

    private async Task ReadAsync(Action<long> read, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 20];
        for (int count; (count = await _file.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            _hash.AppendData(buffer.AsSpan(0, count));
            read(_file.Position);
        }
    }
}
