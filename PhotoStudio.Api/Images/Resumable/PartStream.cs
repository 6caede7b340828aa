using System.Security.Cryptography;

namespace PhotoStudio.Api.Images.Resumable;

/// <summary>
/// The body of a request as far as it comes: where the connection breaks, the part ends there, so that what arrived is not sent again. Counts
/// and hashes what is read.
/// </summary>
internal sealed class PartStream(Stream body, long limit, IncrementalHash? hash) : Stream
{
    /// <summary>Bytes that were read.</summary>
    public long Received { get; private set; }

    /// <summary>Whether the body has more than the limit.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Whether the connection broke.</summary>
    public bool IsBroken { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The length shows at the end.");

    public override long Position
    {
        get => Received;
        set => throw new NotSupportedException("A part is read once.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsBroken || IsTooLong) return 0;
        try
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            if (Received + read > limit)
            {
                IsTooLong = true;
                read = (int)(limit - Received);
            }

            hash?.AppendData(buffer.Span[..read]);
            Received += read;
            return read;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            IsBroken = true;
            return 0;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A part is read once.");

    public override void SetLength(long value) => throw new NotSupportedException("A part is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A part is read only.");

    public override void Flush()
    {
    }
}
