using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace PhotoStudio.Api.Pictures;

/// <summary>
/// Decodes pictures that come as text: base64 (RFC 4648, either alphabet, with or without padding, line breaks allowed), plain or
/// as a data URL (RFC 2397).
/// </summary>
internal static class Base64Pictures
{
    /// <summary>Decodes a JSON string without making a .NET string of it where it holds no escapes.</summary>
    /// <returns>The bytes; null when the text is no base64.</returns>
    public static byte[]? Decode(JsonElement json)
    {
        var raw = JsonMarshal.GetRawUtf8Value(json)[1..^1];
        return raw.Contains((byte)'\\') ? Decode(json.GetString()!) : Decode(raw);
    }

    /// <summary>Decodes text.</summary>
    /// <returns>The bytes; null when the text is no base64.</returns>
    public static byte[]? Decode(string text) => Decode(Encoding.UTF8.GetBytes(text));

    /// <summary>Decodes UTF-8 text.</summary>
    /// <returns>The bytes; null when the text is no base64.</returns>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.StartsWith("data:"u8))
        {
            var comma = text.IndexOf((byte)',');
            if (comma < 0 || !text[..comma].EndsWith(";base64"u8)) return null;
            text = text[(comma + 1)..];
        }

        if (text.IndexOfAny((byte)'-', (byte)'_') >= 0 || (text.IndexOfAny(" \t\r\n"u8) < 0 && text.Length % 4 != 0))
            return DecodeUrlSafe(text);

        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text, bytes, out _, out var written) == OperationStatus.Done ? Cut(bytes, written) : null;
    }

    /// <summary>Whether a text field holds a URL rather than base64, in which a colon can only follow <c>data</c>.</summary>
    public static bool IsWebUrl(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static byte[]? DecodeUrlSafe(ReadOnlySpan<byte> text)
    {
        var plain = text.ToArray();
        for (var i = 0; i < plain.Length; i++)
        {
            if (plain[i] == '+') plain[i] = (byte)'-';
            else if (plain[i] == '/') plain[i] = (byte)'_';
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(plain.Length)];
        return Base64Url.DecodeFromUtf8(plain, bytes, out _, out var written) == OperationStatus.Done ? Cut(bytes, written) : null;
    }

    private static byte[] Cut(byte[] bytes, int length)
    {
        if (length != bytes.Length) Array.Resize(ref bytes, length);
        return bytes;
    }
}
