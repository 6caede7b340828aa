using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PhotoStudio.Core.Inference.Wire;

namespace PhotoStudio.Inference.Endpoints;

/// <summary>Writes parts of a <c>multipart/mixed</c> stream as they come about (RFC 2046, 5.1).</summary>
internal sealed class MultipartWriter(PipeWriter output)
{
    // 128 random bits: that a picture contains them does not happen.
    private readonly string _boundary = Guid.NewGuid().ToString("N");

    /// <summary>The stream's content type.</summary>
    public string ContentType => $"{InferenceWire.StreamType}; boundary={_boundary}";

    /// <summary>Adds a part of JSON; nothing is sent before <see cref="FlushAsync"/>.</summary>
    public void Json<T>(string name, T value, JsonTypeInfo<T> type, string contentType = "application/json")
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        Begin(name, contentType, json.Length);
        output.Write(json);
        Text("\r\n");
    }

    /// <summary>Sends a part of bytes.</summary>
    public async ValueTask FileAsync(string name, ReadOnlyMemory<byte> file, string contentType, CancellationToken cancellationToken)
    {
        // Chunk by chunk, so that a slow reader holds the writer up instead of filling the pipe.
        const int Chunk = 256 << 10;
        Begin(name, contentType, file.Length);
        for (; file.Length > 0; file = file[Math.Min(Chunk, file.Length)..])
            await output.WriteAsync(file[..Math.Min(Chunk, file.Length)], cancellationToken);
        Text("\r\n");
    }

    /// <summary>Adds the closing boundary.</summary>
    public void End() => Text($"--{_boundary}--\r\n");

    /// <summary>Sends what was added.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await output.FlushAsync(cancellationToken);

    private void Begin(string name, string contentType, int length) => Text(string.Create(
        CultureInfo.InvariantCulture,
        $"--{_boundary}\r\nContent-Disposition: inline; name={name}\r\nContent-Type: {contentType}\r\nContent-Length: {length}\r\n\r\n"));

    private void Text(string text) => Encoding.ASCII.GetBytes(text, output);
}
