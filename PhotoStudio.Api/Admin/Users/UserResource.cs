using System.Text.Json.Serialization;
using PhotoStudio.Api.Quotas;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Api.Admin.Users;

/// <summary>An account as administrators see it.</summary>
public sealed record UserResource
{
    /// <summary>Identifies the account.</summary>
    public required Guid Id { get; init; }

    /// <summary>The login name.</summary>
    public required string Email { get; init; }

    /// <summary>The name others see.</summary>
    public required string Username { get; init; }

    /// <summary>What it may be: <c>user</c>, <c>premium</c>, <c>admin</c>.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Whether it has premium limits.</summary>
    public required bool IsPremium { get; init; }

    /// <summary>A daily quota of its own; null for that of its plan.</summary>
    public required int? MaxDailyProcesses { get; init; }

    /// <summary>Since when it is kept out; null for an account that may sign in.</summary>
    public required DateTimeOffset? LockedAt { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where it stands with its daily quotas; only where one account is shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public QuotaResource? Quota { get; init; }

    internal static UserResource From(Account account, QuotaReport? quota = null) => new()
    {
        Id = account.Id,
        Email = account.Email,
        Username = account.UserName,
        Roles = account.Roles,
        IsPremium = account.IsPremium,
        MaxDailyProcesses = account.MaxDailyProcesses,
        LockedAt = account.LockedAt,
        CreatedAt = account.CreatedAt,
        Quota = quota is null ? null : QuotaResource.From(quota),
    };
}

/// <summary>What <c>PATCH /api/v1/admin/users/{id}</c> takes; what is absent stays as it is.</summary>
/// <param name="IsPremium">Premium limits and styles.</param>
/// <param name="IsAdmin">Whether it may look after the studio.</param>
/// <param name="Locked">Whether it is kept out.</param>
/// <param name="MaxDailyProcesses">A daily quota of its own, 0 to 1,000,000; null for that of its plan.</param>
public sealed record ChangeUserRequest(bool? IsPremium, bool? IsAdmin, bool? Locked, int? MaxDailyProcesses);
