namespace PhotoStudio.Backings.Blobs.Files;

/// <summary>A run of bytes of a file as a read-only, seekable stream of its own.</summary>
internal sealed class RangeStream : Stream
{
    private readonly FileStream _file;
    private readonly long _start;

    /// <summary>Shows <paramref name="length"/> bytes from <paramref name="start"/> on; the file is closed with this stream.</summary>
    public RangeStream(FileStream file, long start, long length)
    {
        _file = file;
        _start = start;
        Length = length;
        file.Position = start;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _file.Position - _start;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _file.Position = _start + value;
        }
    }

    public override int Read(Span<byte> buffer) => _file.Read(buffer[..Allowed(buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _file.ReadAsync(buffer[..Allowed(buffer.Length)], cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        SeekOrigin.End => Length + offset,
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, null),
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private int Allowed(int wanted) => (int)Math.Clamp(Length - Position, 0, wanted);
}
