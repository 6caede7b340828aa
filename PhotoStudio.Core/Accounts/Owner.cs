using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PhotoStudio.Core.Accounts;

/// <summary>
/// Whose thing something is. Written as <c>user:&lt;uuid&gt;</c>, <c>ext:&lt;issuer&gt;:&lt;sub&gt;</c>,
/// <c>svc:&lt;key id&gt;:&lt;user_id&gt;</c> or <c>guest:&lt;id&gt;</c>. The kinds never overlap: a guest can
/// name no id that belongs to an account.
/// </summary>
public readonly record struct Owner
{
    /// <summary>The longest written form that is accepted, in characters.</summary>
    public const int MaxLength = 256;

    private readonly string? _text;

    private Owner(string text) => _text = text;

    /// <summary>What kind of caller this is.</summary>
    public OwnerKind Kind => Text[..Text.IndexOf(':', StringComparison.Ordinal)] switch
    {
        "user" => OwnerKind.User,
        "ext" => OwnerKind.External,
        "svc" => OwnerKind.Service,
        _ => OwnerKind.Guest,
    };

    /// <summary>The written form, as stored.</summary>
    public string Text => _text ?? throw new InvalidOperationException("An owner was used before it was set.");

    /// <summary>
    /// The owner in storage paths: the first 32 hexadecimal digits of the SHA-256 of the written form, so that a
    /// path neither names a person nor carries characters a file system minds.
    /// </summary>
    public string StorageName => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))[..32];

    /// <summary>A registered account.</summary>
    public static Owner User(Guid id) => new($"user:{id:D}");

    /// <summary>A guest with a random id that only that guest knows.</summary>
    /// <param name="id">Letters, digits, '-' and '_' only.</param>
    public static Owner Guest(string id) => new($"guest:{id}");

    /// <summary>
    /// The namespace a guest named with <c>user_id</c>. Anyone who names it shares it; the inner prefix keeps it
    /// apart from the random ids of <see cref="Guest"/>.
    /// </summary>
    public static Owner GuestNamespace(string userId) => new($"guest:ns:{userId}");

    /// <summary>Reads the written form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Owner owner)
    {
        owner = default;
        if (text is null || text.Length > MaxLength) return false;

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || colon == text.Length - 1) return false;
        if (text[..colon] is not ("user" or "ext" or "svc" or "guest")) return false;

        owner = new Owner(text);
        return true;
    }

    /// <summary>Reads the written form.</summary>
    /// <exception cref="FormatException">The text is no owner.</exception>
    public static Owner Parse(string text) =>
        TryParse(text, out var owner) ? owner : throw new FormatException("The text does not name an owner.");

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";
}

/// <summary>The kinds of caller.</summary>
public enum OwnerKind
{
    /// <summary>A registered account of this studio.</summary>
    User,

    /// <summary>Someone an external issuer vouches for.</summary>
    External,

    /// <summary>A user inside a service key's own namespace.</summary>
    Service,

    /// <summary>Someone without an account.</summary>
    Guest,
}
