namespace PhotoStudio.Api.Images;

/// <summary>
/// A stream to write to for what writes a little synchronously in between, as <see cref="System.IO.Compression.ZipArchive"/> does when an entry
/// ends: that is gathered in memory and goes out, in order, before the next asynchronous write.
/// </summary>
internal sealed class GatheringStream(Stream target) : Stream
{
    private readonly MemoryStream _gathered = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException("What is sent has no length yet.");

    public override long Position
    {
        get => throw new NotSupportedException("What is sent is gone.");
        set => throw new NotSupportedException("What is sent is gone.");
    }

    public override void Write(byte[] buffer, int offset, int count) => _gathered.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _gathered.Write(buffer);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await SendGatheredAsync(cancellationToken);
        await target.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await SendGatheredAsync(cancellationToken);
        await target.FlushAsync(cancellationToken);
    }

    public override void Flush()
    {
        // The next asynchronous write or flush sends what was gathered.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("What is sent is gone.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("What is sent is gone.");

    public override void SetLength(long value) => throw new NotSupportedException("What is sent has no length yet.");

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gathered.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask SendGatheredAsync(CancellationToken cancellationToken)
    {
        if (_gathered.Length == 0) return;
        await target.WriteAsync(_gathered.GetBuffer().AsMemory(0, (int)_gathered.Length), cancellationToken);
        _gathered.SetLength(0);
    }
}
