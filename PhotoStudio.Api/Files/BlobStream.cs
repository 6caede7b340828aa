using PhotoStudio.Core;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Api.Files;

/// <summary>
/// A blob as a seekable stream, whatever its store can do: nothing is opened before the first read, which asks the store
/// for the bytes from there on. Seeking after that opens anew.
/// </summary>
internal sealed class BlobStream(IBlobStore blobs, BlobInfo blob) : Stream
{
    private Stream? _open;
    private long _openAt;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => blob.Length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= blob.Length || buffer.Length == 0) return 0;
        if (_open is null || _openAt != _position)
        {
            if (_open is not null) await _open.DisposeAsync();
            _open = await blobs.OpenReadAsync(blob.Key, new BlobRange(_position), cancellationToken)
                ?? throw new StorageException("A stored file disappeared while it was being sent.");
            _openAt = _position;
        }

        var read = await _open.ReadAsync(buffer, cancellationToken);
        _openAt = _position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Blobs are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        SeekOrigin.End => blob.Length + offset,
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A blob never changes.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A blob never changes.");

    public override async ValueTask DisposeAsync()
    {
        if (_open is not null) await _open.DisposeAsync();
        _open = null;
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _open?.Dispose();
            _open = null;
        }

        base.Dispose(disposing);
    }
}
