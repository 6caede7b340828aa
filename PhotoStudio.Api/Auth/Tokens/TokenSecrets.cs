using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PhotoStudio.Api.Auth.Tokens;

/// <summary>
/// Tokens that say nothing: a prefix that tells their kind to people and to scanners for leaked secrets, and 256 random bits. Their SHA-256
/// is what is stored; with that many random bits nothing slower is needed.
/// </summary>
internal static class TokenSecrets
{
    /// <summary>The long-lived token of a sign-in.</summary>
    public const string Session = "pst_";

    /// <summary>A refresh token.</summary>
    public const string Refresh = "psr_";

    /// <summary>An API or service key.</summary>
    public const string Key = "psk_";

    /// <summary>A reset token.</summary>
    public const string Reset = "psp_";

    private const int Bytes = 32;
    private const int Length = 4 + 43;

    /// <summary>A new token of a kind.</summary>
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text has the form of a token of a kind.</summary>
    public static bool Is(string prefix, string? text) => text is { Length: Length } && text.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>What is stored of a token.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
