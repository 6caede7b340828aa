using System.Globalization;
using System.Text;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Images.Resumable;

/// <summary>
/// The headers of the tus protocol 1.0.0 (tus.io/protocols/resumable-upload), which keeps an upload alive over broken connections. Of its
/// extensions: creation, creation-with-upload, expiration, checksum, termination.
/// </summary>
internal static class TusHeaders
{
    public const string Version = "1.0.0";
    public const string Extensions = "creation,creation-with-upload,expiration,checksum,termination";
    public const string Resumable = "Tus-Resumable";
    public const string Offset = "Upload-Offset";
    public const string Length = "Upload-Length";
    public const string Metadata = "Upload-Metadata";
    public const string Expires = "Upload-Expires";
    public const string Checksum = "Upload-Checksum";
    public const string PartType = "application/offset+octet-stream";

    /// <summary>The studio's own: the picture that a finished upload became.</summary>
    public const string Image = "X-Studio-Image";

    private const int MaxMetadata = 16 * 1024;

    /// <summary>Says which version answers, and refuses requests of another one.</summary>
    /// <exception cref="ProblemException">412: the client speaks another version.</exception>
    public static void Begin(HttpContext http)
    {
        http.Response.Headers[Resumable] = Version;
        http.Response.Headers.CacheControl = "no-store";
        var asked = http.Request.Headers[Resumable].ToString();
        if (asked.Length == 0 || asked == Version) return;
        http.Response.Headers["Tus-Version"] = Version;
        throw StudioProblem.Of(ProblemCode.PreconditionFailed, $"This is tus {Version}.").ToException();
    }

    /// <summary>A count of bytes; adds a fault where it is missing or none.</summary>
    public static long? Count(HttpRequest request, string name, FaultList faults)
    {
        if (long.TryParse(request.Headers[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return count;
        faults.Add(name, "is required: a number of bytes.");
        return null;
    }

    /// <summary>What the client says about the file: names with values in base64, commas between them.</summary>
    public static IReadOnlyDictionary<string, string> ReadMetadata(HttpRequest request, FaultList faults)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        var header = request.Headers[Metadata].ToString();
        if (header.Length > MaxMetadata)
        {
            faults.Add(Metadata, $"must have at most {MaxMetadata:N0} characters.");
            return read;
        }

        foreach (var pair in header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split(' ', 2, StringSplitOptions.TrimEntries);
            var value = new byte[pair.Length];
            if (parts.Length == 1 || parts[1].Length == 0) read[parts[0]] = "";
            else if (Convert.TryFromBase64String(parts[1], value, out var length)) read[parts[0]] = Encoding.UTF8.GetString(value.AsSpan(0, length));
            else faults.Add(Metadata, $"the value of '{parts[0]}' must be base64.");
        }

        return read;
    }
}
