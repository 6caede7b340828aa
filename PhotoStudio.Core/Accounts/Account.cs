namespace PhotoStudio.Core.Accounts;

/// <summary>A registered account with its profile, without anything secret.</summary>
public sealed record Account
{
    /// <summary>Identifies the account.</summary>
    public required Guid Id { get; init; }

    /// <summary>The login name.</summary>
    public required string Email { get; init; }

    /// <summary>The name others see.</summary>
    public required string UserName { get; init; }

    /// <summary>What it may be; see <see cref="AccountRoles"/>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Changes whenever every token has to end at once: a session is good only under the epoch it was opened in.</summary>
    public required string TokenEpoch { get; init; }

    /// <summary>What the person says of themselves.</summary>
    public string Bio { get; init; } = "";

    /// <summary>Names or slugs of styles the person likes.</summary>
    public IReadOnlyList<string> PreferredStyles { get; init; } = [];

    /// <summary>A daily quota of the account's own; null for that of its role.</summary>
    public int? MaxDailyProcesses { get; init; }

    /// <summary>Since when an administrator keeps it out; null for an account that may sign in.</summary>
    public DateTimeOffset? LockedAt { get; init; }

    /// <summary>Whether it has premium limits.</summary>
    public bool IsPremium => Roles.Contains(AccountRoles.Premium);

    /// <summary>The account as an owner of things.</summary>
    public Owner Owner => Owner.User(Id);
}

/// <summary>An account and what its password is checked against.</summary>
/// <param name="Account">The account.</param>
/// <param name="PasswordHash">The stored hash.</param>
public sealed record AccountCredentials(Account Account, string PasswordHash);

/// <summary>An account to register. What is not here cannot be chosen by whoever registers.</summary>
/// <param name="Email">The login name.</param>
/// <param name="UserName">The name others see.</param>
/// <param name="PasswordHash">The hash of the password.</param>
public sealed record NewAccount(EmailAddress Email, UserName UserName, string PasswordHash)
{
    /// <summary>Roles beside <see cref="AccountRoles.User"/>.</summary>
    public IReadOnlyList<string> ExtraRoles { get; init; } = [];
}

/// <summary>A change of a profile; null leaves a field as it is.</summary>
public sealed record ProfileChange
{
    /// <summary>Another name.</summary>
    public UserName? UserName { get; init; }

    /// <summary>Another text about oneself.</summary>
    public string? Bio { get; init; }

    /// <summary>Other styles.</summary>
    public IReadOnlyList<string>? PreferredStyles { get; init; }
}

/// <summary>Which of an account's names another account has already, or one that is easily taken for it.</summary>
/// <param name="Email">The e-mail address is taken.</param>
/// <param name="UserName">The user name is taken.</param>
public sealed record NamesTaken(bool Email, bool UserName);
