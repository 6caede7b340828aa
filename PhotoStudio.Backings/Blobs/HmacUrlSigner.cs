using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using PhotoStudio.Backings.Blobs.Files;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Backings.Blobs;

/// <summary>
/// Signs paths as <c>{path}?expires={Unix seconds}&amp;signature={base64url}</c> with HMAC-SHA256 (RFC 2104, FIPS 198-1), compared in
/// constant time. What is signed begins with a word of its own, so that no signature of a blob's URL fits a path.
/// </summary>
public sealed class HmacUrlSigner : IUrlSigner
{
    private readonly byte[] _signingKey;
    private readonly TimeProvider _time;

    /// <summary>Signs with a key.</summary>
    /// <param name="signingKey">The secret, at least 32 bytes.</param>
    /// <param name="time">Says what has expired.</param>
    public HmacUrlSigner(byte[] signingKey, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(signingKey);
        ArgumentOutOfRangeException.ThrowIfLessThan(signingKey.Length, SigningKey.Length);
        (_signingKey, _time) = (signingKey, time);
    }

    /// <inheritdoc/>
    public string Sign(string path, TimeSpan lifetime)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path[0] != '/' || path.AsSpan().IndexOfAny("?#\n") >= 0)
            throw new ArgumentException("Only an absolute path without a query can be signed.", nameof(path));

        var expires = (_time.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        return $"{path}?expires={expires}&signature={Signature(path, expires)}";
    }

    /// <inheritdoc/>
    public bool Verify(string path, string? query)
    {
        var members = QueryHelpers.ParseQuery(query);
        if (!members.TryGetValue("expires", out var expiries) || expiries is not [{ } expiresText]) return false;
        if (!members.TryGetValue("signature", out var signatures) || signatures is not [{ } signature]) return false;
        if (!long.TryParse(expiresText, NumberStyles.None, CultureInfo.InvariantCulture, out var expires)) return false;

        var expected = Encoding.ASCII.GetBytes(Signature(path, expires));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature))
            && expires > _time.GetUtcNow().ToUnixTimeSeconds();
    }

    private string Signature(string path, long expires) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_signingKey, Encoding.UTF8.GetBytes($"path\n{path}\n{expires}")));
}
