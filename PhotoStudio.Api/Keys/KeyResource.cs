using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using PhotoStudio.Api.Lists;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Keys;

/// <summary>A key as its owner sees it.</summary>
public sealed record KeyResource
{
    /// <summary>Identifies the key; not secret.</summary>
    public required Guid Id { get; init; }

    /// <summary>What its maker calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The secret itself; only in the answer that made it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>The secret's first characters.</summary>
    public required string Prefix { get; init; }

    /// <summary>What it may do beside what its account may; <c>act_as</c> makes it a service key.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to some minutes.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked.</summary>
    public required DateTimeOffset? RevokedAt { get; init; }

    internal static KeyResource From(ApiKey key, string? secret = null) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Key = secret,
        Prefix = key.Prefix,
        Scopes = key.Scopes,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        LastUsedAt = key.LastUsedAt,
        RevokedAt = key.RevokedAt,
    };
}

/// <summary>A key to make.</summary>
/// <param name="Name">What to call it, at most 100 characters.</param>
/// <param name="Scopes"><c>act_as</c> for a service key; none for a key of one's own things.</param>
/// <param name="ExpiresIn">Seconds until it ends, from a minute to ten years; absent for never.</param>
public sealed record CreateKeyRequest([property: Required, StringLength(100)] string Name, IReadOnlyList<string>? Scopes, long? ExpiresIn);

/// <summary>The contracts of keys.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Envelope<KeyResource>))]
[JsonSerializable(typeof(ListEnvelope<KeyResource>))]
public sealed partial class KeyJson : JsonSerializerContext;
