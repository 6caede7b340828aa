namespace PhotoStudio.Core.Accounts;

/// <summary>A key that a program signs in with; its secret is shown once and stored as a hash.</summary>
public sealed record ApiKey
{
    /// <summary>Identifies the key; not secret.</summary>
    public required Guid Id { get; init; }

    /// <summary>The account that made it.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>What its maker calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The first characters of the secret, by which a person knows it again.</summary>
    public required string Prefix { get; init; }

    /// <summary>What it may do beside what its account may; see <see cref="ApiKeyScopes"/>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>About when it was last used, to some minutes.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>What a key may do beside what its account may.</summary>
public static class ApiKeyScopes
{
    /// <summary>
    /// A service key: it may name any <c>user_id</c> and acts inside a namespace of its own (<c>svc:&lt;key id&gt;:&lt;user_id&gt;</c>),
    /// never as its account.
    /// </summary>
    public const string ActAs = "act_as";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [ActAs];
}

/// <summary>Keys of accounts. Secrets come hashed.</summary>
public interface IApiKeyStore
{
    /// <summary>Keeps a key, unless the account has <paramref name="most"/> keys that are not revoked, or is gone.</summary>
    /// <returns>Whether it was kept.</returns>
    Task<bool> CreateAsync(ApiKey key, string secretHash, int most, CancellationToken cancellationToken);

    /// <summary>The keys of an account, newest first, revoked ones too.</summary>
    Task<Page<ApiKey>> ListAsync(Guid accountId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>How many keys of an account are neither revoked nor expired.</summary>
    Task<int> CountActiveAsync(Guid accountId, CancellationToken cancellationToken);

    /// <summary>One key of an account; null when there is none, or it is another account's.</summary>
    Task<ApiKey?> FindAsync(Guid accountId, Guid id, CancellationToken cancellationToken);

    /// <summary>Revokes a key; again changes nothing. Null when there is none, or it is another account's.</summary>
    Task<ApiKey?> RevokeAsync(Guid accountId, Guid id, CancellationToken cancellationToken);

    /// <summary>The key with this secret and its account's roles; null when it is unknown, revoked or expired. Notes that it was used.</summary>
    Task<(ApiKey Key, IReadOnlyList<string> Roles)?> UseAsync(string secretHash, CancellationToken cancellationToken);
}
