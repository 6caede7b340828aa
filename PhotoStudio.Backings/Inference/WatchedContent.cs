using System.Net;

namespace PhotoStudio.Backings.Inference;

/// <summary>Bytes that tell of themselves while they are taken, so that a slow upload is not mistaken for a hung service.</summary>
internal sealed class WatchedContent(ReadOnlyMemory<byte> bytes, SignsOfLife life) : HttpContent
{
    private const int Chunk = 256 << 10;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        for (var rest = bytes; rest.Length > 0; rest = rest[Math.Min(Chunk, rest.Length)..])
        {
            await stream.WriteAsync(rest[..Math.Min(Chunk, rest.Length)], cancellationToken);
            life.Heard();
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
