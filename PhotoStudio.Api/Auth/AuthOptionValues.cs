using System.Security.Cryptography;
using System.Text;

namespace PhotoStudio.Api.Auth;

/// <summary>A key of access tokens.</summary>
public sealed class TokenKeyOptions
{
    /// <summary>Its name in the tokens (<c>kid</c>); made from the key when it is not set.</summary>
    public string? Id { get; set; }

    /// <summary>The secret, at least 32 bytes.</summary>
    public string? Key { get; set; }

    /// <summary>The id of a key that has none: eight hexadecimal digits of its hash.</summary>
    internal static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData([.. "kid\n"u8, .. key]))[..8];
}

/// <summary>The first admin. Both or neither of e-mail and password.</summary>
public sealed class FirstAdminOptions
{
    /// <summary>The login name.</summary>
    public string? Email { get; set; }

    /// <summary>The name others see.</summary>
    public string UserName { get; set; } = "Studio Keeper";

    /// <summary>The password; an account that is there already keeps its own.</summary>
    public string? Password { get; set; }
}

/// <summary>Who may make service keys, which act for any number of users.</summary>
public enum ServiceKeyMakers
{
    /// <summary>Admins only.</summary>
    Admins,

    /// <summary>Every account.</summary>
    Everyone,
}

/// <summary>Says why a secret is none.</summary>
internal static class WeakSecrets
{
    /// <summary>The fewest bytes of a secret for HS256 (RFC 7518, 3.2).</summary>
    public const int FewestBytes = 32;

    private const int FewestDifferentCharacters = 10;

    // What stands in examples, templates and tutorials.
    private static readonly string[] Defaults =
    [
        "changeme", "change-me", "change_me", "changethis", "change-this", "change_this", "replace-me", "replaceme", "replace_me", "placeholder", "your-256-bit-secret",
        "your-secret", "your_secret", "yoursecret", "mysecret", "my-secret", "my_secret", "supersecret", "super-secret", "super_secret", "secretkey", "secret-key",
        "secret_key", "jwt-secret", "jwt_secret", "jwtsecret", "insecure", "default", "example", "password", "photostudio", "0123456789", "abcdefgh", "qwerty",
    ];

    /// <summary>What is wrong with a secret, to stand after the name of its setting; null when nothing is known to be.</summary>
    public static string? Explain(string secret)
    {
        var bytes = Encoding.UTF8.GetByteCount(secret);
        if (bytes < FewestBytes) return $"must have at least {FewestBytes} bytes; it has {bytes}.";
        if (Defaults.FirstOrDefault(word => secret.Contains(word, StringComparison.OrdinalIgnoreCase)) is { } word)
            return $"looks like a default (it contains '{word}'). 'openssl rand -base64 48' makes a secret.";
        return secret.Distinct().Count() < FewestDifferentCharacters ? "has too few different characters to be a secret. 'openssl rand -base64 48' makes one." : null;
    }
}
