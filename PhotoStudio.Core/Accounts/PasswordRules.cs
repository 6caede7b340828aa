using System.Collections.Frozen;
using PhotoStudio.Core.Text;

namespace PhotoStudio.Core.Accounts;

/// <summary>What a password has to be (NIST SP 800-63B, 5.1.1.2): long enough, not one that everybody tries first, any characters.</summary>
public static class PasswordRules
{
    /// <summary>The fewest characters.</summary>
    public const int MinLength = 8;

    /// <summary>The most characters.</summary>
    public const int MaxLength = 256;

    // Those of eight characters and more at the head of published lists of leaked passwords.
    private static readonly FrozenSet<string> Common = new[]
    {
        "12345678", "123456789", "1234567890", "11111111", "00000000", "88888888", "87654321", "987654321", "123123123", "12341234", "11223344", "password",
        "password1", "password12", "password123", "password1234", "password!", "passw0rd", "p@ssw0rd", "p@ssword", "passwort", "qwertyui", "qwertyuiop",
        "qwerty123", "qwerty12", "qwerty1234", "1qaz2wsx", "1q2w3e4r", "1q2w3e4r5t", "q1w2e3r4", "qazwsxedc", "zaq12wsx", "asdfghjkl", "asdfasdf", "zxcvbnm1",
        "abcd1234", "abc12345", "abcdefgh", "a1b2c3d4", "aa123456", "a1234567", "a12345678", "iloveyou", "iloveyou1", "sunshine", "princess", "football", "baseball",
        "basketball", "superman", "trustno1", "welcome1", "welcome123", "letmein1", "letmein123", "changeme", "changeme1", "changeme123", "admin123", "admin1234",
        "administrator", "internet", "computer", "starwars", "whatever", "michelle", "jennifer", "samsung1", "pokemon1", "dragon123", "monkey123", "contraseña",
        "matkhau123", "anhyeuem", "photostudio",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The password as it is hashed: in form KC, so that it is the same from every keyboard.</summary>
    public static string Normalize(string password) => Nfkc.Normalize(password);

    /// <summary>What is wrong with a password; null when it is fine.</summary>
    /// <param name="password">The password as it came.</param>
    /// <param name="names">The account's own names, which its password must not be.</param>
    public static string? Fault(string password, params ReadOnlySpan<string?> names)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (!Nfkc.IsWellFormed(password) || password.Contains('\0', StringComparison.Ordinal)) return "has characters that cannot be stored.";
        if (password.EnumerateRunes().Count() < MinLength) return $"must have at least {MinLength} characters.";
        if (password.Length > MaxLength) return $"must have at most {MaxLength} characters.";

        var plain = Normalize(password).ToLowerInvariant();
        if (Common.Contains(plain) || plain.Distinct().Count() < 3) return "is one that everybody tries first. Choose another.";
        foreach (var name in names)
        {
            if (name is null) continue;
            var own = name.ToLowerInvariant();
            if (plain == own || plain == own.Split('@')[0]) return "must not be your name or e-mail address.";
        }

        return null;
    }
}
