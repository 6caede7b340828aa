using System.Text.Json.Serialization;
using PhotoStudio.Api.Lists;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Auth;

/// <summary>Somebody who has just signed in.</summary>
public sealed record SignedInResource
{
    /// <summary>The long-lived token, for clients that keep one: it works until it expires, the session is ended, or the password changes.</summary>
    public required string Token { get; init; }

    /// <summary>How to send either token.</summary>
    public string TokenType => "Bearer";

    /// <summary>When the long-lived token ends.</summary>
    public required DateTimeOffset TokenExpiresAt { get; init; }

    /// <summary>A short-lived token, for clients that refresh.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Exchanged for the next access and refresh token, once.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>Seconds until the access token ends.</summary>
    public required int ExpiresIn { get; init; }

    /// <summary>Who signed in.</summary>
    public required AccountResource User { get; init; }

    /// <summary>How many things of the guest that the client was before are the account's now; absent when there were none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Adopted { get; init; }
}

/// <summary>The next tokens of a session.</summary>
/// <param name="AccessToken">A short-lived token.</param>
/// <param name="RefreshToken">Takes the place of the one that was sent, which is worthless now.</param>
/// <param name="ExpiresIn">Seconds until the access token ends.</param>
public sealed record RefreshedResource(string AccessToken, string RefreshToken, int ExpiresIn)
{
    /// <summary>How to send the token.</summary>
    public string TokenType => "Bearer";
}

/// <summary>An account as its owner sees it.</summary>
public sealed record AccountResource
{
    /// <summary>Identifies the account.</summary>
    public required Guid Id { get; init; }

    /// <summary>The login name.</summary>
    public required string Email { get; init; }

    /// <summary>The name others see.</summary>
    public required string Username { get; init; }

    /// <summary>Whether it has premium limits.</summary>
    public required bool IsPremium { get; init; }

    /// <summary>What it may be: <c>user</c>, <c>premium</c>, <c>admin</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>How many of its jobs were completed.</summary>
    public required long ProcessingCount { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal static async Task<AccountResource> FromAsync(Account account, IJobStore jobs, CancellationToken cancellationToken) => new()
    {
        Id = account.Id,
        Email = account.Email,
        Username = account.UserName,
        IsPremium = account.IsPremium,
        Roles = account.Roles,
        ProcessingCount = await CountAsync(jobs, account.Owner, JobState.Completed, cancellationToken),
        CreatedAt = account.CreatedAt,
    };

    internal static async Task<long> CountAsync(IJobStore jobs, Owner owner, JobState? state, CancellationToken cancellationToken) =>
        (await jobs.ListAsync(owner, new JobQuery(state, null), new PageRequest(1, 1), cancellationToken)).Total;
}

/// <summary>An account with its profile.</summary>
public sealed record ProfileResource
{
    /// <summary>Identifies the account.</summary>
    public required Guid Id { get; init; }

    /// <summary>The login name.</summary>
    public required string Email { get; init; }

    /// <summary>The name others see.</summary>
    public required string Username { get; init; }

    /// <summary>Whether it has premium limits.</summary>
    public required bool IsPremium { get; init; }

    /// <summary>What it may be: <c>user</c>, <c>premium</c>, <c>admin</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>How many of its jobs were completed.</summary>
    public required long ProcessingCount { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the person says of themselves.</summary>
    public required string Bio { get; init; }

    /// <summary>Styles the person likes.</summary>
    public required IReadOnlyList<string> PreferredStyles { get; init; }

    /// <summary>A daily quota of the account's own; null for that of its kind.</summary>
    public required int? MaxDailyProcesses { get; init; }

    internal static async Task<ProfileResource> FromAsync(Account account, IJobStore jobs, CancellationToken cancellationToken) => new()
    {
        Id = account.Id,
        Email = account.Email,
        Username = account.UserName,
        IsPremium = account.IsPremium,
        Roles = account.Roles,
        ProcessingCount = await AccountResource.CountAsync(jobs, account.Owner, JobState.Completed, cancellationToken),
        CreatedAt = account.CreatedAt,
        Bio = account.Bio,
        PreferredStyles = account.PreferredStyles,
        MaxDailyProcesses = account.MaxDailyProcesses,
    };
}

/// <summary>An account with its profile and figures.</summary>
/// <param name="Profile">The account and its profile.</param>
/// <param name="Statistics">What there is.</param>
/// <param name="Session">The session of this request.</param>
public sealed record DetailsResource(ProfileResource Profile, StatisticsResource Statistics, SessionResource Session);

/// <summary>What an account has.</summary>
/// <param name="Uploads">Pictures it sent.</param>
/// <param name="Results">Pictures that were made for it.</param>
/// <param name="Jobs">Jobs, by state and in all.</param>
/// <param name="ActiveKeys">Keys that are not revoked.</param>
public sealed record StatisticsResource(long Uploads, long Results, IReadOnlyDictionary<string, long> Jobs, long ActiveKeys);

/// <summary>A sign-in.</summary>
/// <param name="OpenedAt">When.</param>
/// <param name="TokenExpiresAt">When its long-lived token ends.</param>
public sealed record SessionResource(DateTimeOffset OpenedAt, DateTimeOffset TokenExpiresAt);

/// <summary>The contracts of the accounts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Envelope<SignedInResource>))]
[JsonSerializable(typeof(Envelope<RefreshedResource>))]
[JsonSerializable(typeof(Envelope<AccountResource>))]
[JsonSerializable(typeof(Envelope<ProfileResource>))]
[JsonSerializable(typeof(Envelope<DetailsResource>))]
[JsonSerializable(typeof(Envelope<object>))]
public sealed partial class AuthJson : JsonSerializerContext;
