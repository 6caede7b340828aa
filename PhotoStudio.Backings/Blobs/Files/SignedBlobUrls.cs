using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Backings.Blobs.Files;

/// <summary>
/// URLs of the form <c>/files/{key}?expires={Unix seconds}&amp;signature={base64url}[&amp;download={name}]</c>, which the API
/// answers from the blob store. The signature is HMAC-SHA256 over key, expiry and download name (RFC 2104, FIPS 198-1) and
/// is compared in constant time.
/// </summary>
public sealed class SignedBlobUrls : IBlobUrls
{
    /// <summary>What the path of every signed URL begins with; the key follows.</summary>
    public const string PathPrefix = "/files/";

    private readonly byte[] _signingKey;
    private readonly Uri? _publicUrl;
    private readonly TimeProvider _time;

    /// <summary>Signs with a key, for a studio at an address.</summary>
    /// <param name="signingKey">The secret, at least 32 bytes.</param>
    /// <param name="publicUrl">The studio's address as its clients see it; URLs are relative to it when null.</param>
    /// <param name="time">Says what has expired.</param>
    public SignedBlobUrls(byte[] signingKey, Uri? publicUrl, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(signingKey.Length, SigningKey.Length);
        _signingKey = signingKey;
        _publicUrl = publicUrl;
        _time = time;
    }

    /// <inheritdoc/>
    public string Sign(string key, TimeSpan lifetime, string? downloadName = null)
    {
        if (!BlobKeys.IsValid(key)) throw new ArgumentException($"'{key}' is no valid blob key.", nameof(key));

        var expires = (_time.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        var url = $"{_publicUrl?.AbsoluteUri.TrimEnd('/')}{PathPrefix}{key}?expires={expires}&signature={Signature(key, expires, downloadName)}";
        return downloadName is null ? url : $"{url}&download={Uri.EscapeDataString(downloadName)}";
    }

    /// <inheritdoc/>
    /// <remarks>
    /// An absolute URL is ours when it has the configured address. Without a configured address any host will do, because a
    /// client may have completed a relative URL with whatever name it reaches the studio by; the signature says whose it is.
    /// </remarks>
    public string? Resolve(Uri url) => Read(url) is { IsGenuine: true, HasExpired: false } read ? read.Key : null;

    /// <inheritdoc/>
    /// <remarks>
    /// A URL has our form when its path is that of a valid key and its query has a signature and an expiry. Without a configured address
    /// that goes for any host, as it does for <see cref="Resolve"/>.
    /// </remarks>
    public SignedUrlFault? Explain(Uri url) => Read(url) switch
    {
        null or { IsGenuine: true, HasExpired: false } => null,
        { IsGenuine: true } => SignedUrlFault.Expired,
        _ => SignedUrlFault.Altered,
    };

    /// <summary>What a URL of our form says; null when it has another form.</summary>
    private (string Key, bool IsGenuine, bool HasExpired)? Read(Uri url)
    {
        if (PathAndQuery(url) is not { } local) return null;

        var question = local.IndexOf('?', StringComparison.Ordinal);
        if (question < 0 || !local.StartsWith(PathPrefix, StringComparison.Ordinal)) return null;

        var key = local[PathPrefix.Length..question];
        if (!BlobKeys.IsValid(key)) return null;

        var query = QueryHelpers.ParseQuery(local[question..]);
        if (!query.TryGetValue("expires", out var expiresTexts) || !query.TryGetValue("signature", out var signatures)) return null;
        if (expiresTexts is not [{ } expiresText] || signatures is not [{ } signature]) return (key, false, false);
        if (!long.TryParse(expiresText, NumberStyles.None, CultureInfo.InvariantCulture, out var expires)) return (key, false, false);

        string? downloadName = null;
        if (query.TryGetValue("download", out var download))
        {
            if (download is not [{ } name]) return (key, false, false);
            downloadName = name;
        }

        var expected = Encoding.ASCII.GetBytes(Signature(key, expires, downloadName));
        var isGenuine = CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
        return (key, isGenuine, expires <= _time.GetUtcNow().ToUnixTimeSeconds());
    }

    private string? PathAndQuery(Uri url)
    {
        if (!url.IsAbsoluteUri) return WithoutFragment(url.OriginalString);

        // On Unix a relative URL that begins with a slash parses as an absolute file path.
        if (url.IsFile) return url.OriginalString.StartsWith('/') ? WithoutFragment(url.OriginalString) : null;
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) return null;
        if (_publicUrl is null) return url.PathAndQuery;
        if (Uri.Compare(url, _publicUrl, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) != 0) return null;

        var basePath = _publicUrl.AbsolutePath.TrimEnd('/');
        return url.PathAndQuery.StartsWith(basePath + '/', StringComparison.Ordinal) ? url.PathAndQuery[basePath.Length..] : null;
    }

    private static string WithoutFragment(string url) => url.Split('#', 2)[0];

    private string Signature(string key, long expires, string? downloadName)
    {
        // Neither key nor expiry can contain a line feed, so no two triples spell the same text.
        var text = downloadName is null ? $"{key}\n{expires}" : $"{key}\n{expires}\n{downloadName}";
        return Base64Url.EncodeToString(HMACSHA256.HashData(_signingKey, Encoding.UTF8.GetBytes(text)));
    }
}
