using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PhotoStudio.Core.Inference.Wire;

namespace PhotoStudio.Inference.Endpoints;

/// <summary>
/// Writes parts of a <c>multipart/mixed</c> stream as they come about (RFC 2046, 5.1). A reader knows that a part is whole when it
/// sees the boundary behind it, so each boundary is written right after a part and not before the next one.
/// </summary>
internal sealed class MultipartWriter(PipeWriter output)
{
    private const int Chunk = 256 << 10;

    // 128 random bits: that a picture contains them does not happen.
    private readonly string _boundary = Guid.NewGuid().ToString("N");

    /// <summary>The stream's content type.</summary>
    public string ContentType => $"{InferenceWire.StreamType}; boundary={_boundary}";

    /// <summary>Begins the stream; nothing is sent before <see cref="FlushAsync"/>.</summary>
    public void Begin() => Text($"--{_boundary}\r\n");

    /// <summary>Adds a part of JSON.</summary>
    public void Json<T>(string name, T value, JsonTypeInfo<T> type, string contentType = "application/json")
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        Headers(name, contentType, json.Length);
        output.Write(json);
    }

    /// <summary>Sends a part of bytes, chunk by chunk, so that a slow reader holds the writer up instead of filling the pipe.</summary>
    public async ValueTask FileAsync(string name, ReadOnlyMemory<byte> file, string contentType, CancellationToken cancellationToken)
    {
        Headers(name, contentType, file.Length);
        for (; file.Length > 0; file = file[Math.Min(Chunk, file.Length)..])
            await output.WriteAsync(file[..Math.Min(Chunk, file.Length)], cancellationToken);
    }

    /// <summary>Ends a part that another one follows.</summary>
    public void Next() => Text($"\r\n--{_boundary}\r\n");

    /// <summary>Ends the last part and the stream.</summary>
    public void End() => Text($"\r\n--{_boundary}--\r\n");

    /// <summary>Sends what was added.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await output.FlushAsync(cancellationToken);

    private void Headers(string name, string contentType, int length) => Text(string.Create(
        CultureInfo.InvariantCulture,
        $"Content-Disposition: inline; name={name}\r\nContent-Type: {contentType}\r\nContent-Length: {length}\r\n\r\n"));

    private void Text(string text) => Encoding.ASCII.GetBytes(text, output);
}
