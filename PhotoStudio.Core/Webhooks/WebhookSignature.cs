using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PhotoStudio.Core.Webhooks;

/// <summary>
/// Signatures of the Standard Webhooks specification, version 1.0.0: HMAC-SHA256 over <c>id.timestamp.payload</c> with the bytes of a secret
/// that is written as <c>whsec_</c> and their base64.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header with the message's id, the same in every attempt.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the time of the attempt, in seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with one signature for every secret, separated by blanks.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string Prefix = "whsec_";
    private const int SecretBytes = 32;

    /// <summary>A new secret of 256 random bits.</summary>
    public static string NewSecret() => Prefix + System.Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The value of <see cref="SignatureHeader"/>.</summary>
    public static string Sign(IEnumerable<string> secrets, string id, DateTimeOffset at, string payload)
    {
        var content = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{payload}"));
        return string.Join(' ', secrets.Select(secret => $"v1,{System.Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), content))}"));
    }

    private static byte[] KeyOf(string secret) => secret.StartsWith(Prefix, StringComparison.Ordinal)
        ? System.Convert.FromBase64String(secret[Prefix.Length..])
        : throw new FormatException($"A webhook's secret begins with {Prefix}.");
}
