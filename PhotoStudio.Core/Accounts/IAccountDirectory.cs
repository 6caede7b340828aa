namespace PhotoStudio.Core.Accounts;

/// <summary>Every account, for administrators.</summary>
public interface IAccountDirectory
{
    /// <summary>A page of accounts, newest first.</summary>
    Task<Page<Account>> ListAsync(AccountFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>
    /// Changes what an administrator decides about an account. Of changes at the same time none leaves the studio without an admin who
    /// may sign in.
    /// </summary>
    Task<AccountChange> ChangeAsync(Guid id, AccountDecision decision, CancellationToken cancellationToken);
}

/// <summary>Which accounts are listed; null means any.</summary>
public sealed record AccountFilter
{
    /// <summary>A part of the e-mail address or of the user name, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>Only with this role.</summary>
    public string? Role { get; init; }

    /// <summary>Only those that are locked, or only others.</summary>
    public bool? Locked { get; init; }
}

/// <summary>What an administrator decides about an account; null leaves a thing as it is.</summary>
public sealed record AccountDecision
{
    /// <summary>Premium limits and styles.</summary>
    public bool? Premium { get; init; }

    /// <summary>Whether it may look after the studio.</summary>
    public bool? Admin { get; init; }

    /// <summary>Whether it is kept out.</summary>
    public bool? Locked { get; init; }

    /// <summary>Whether <see cref="MaxDailyProcesses"/> is decided about.</summary>
    public bool SetsQuota { get; init; }

    /// <summary>A daily quota of the account's own; null for that of its plan.</summary>
    public int? MaxDailyProcesses { get; init; }
}

/// <summary>What became of a decision.</summary>
public abstract record AccountChange
{
    private AccountChange()
    {
    }

    /// <summary>It is done.</summary>
    /// <param name="Account">The account as it is now.</param>
    public sealed record Done(Account Account) : AccountChange;

    /// <summary>There is no such account.</summary>
    public sealed record Missing : AccountChange;

    /// <summary>It is the last admin who may sign in. Nothing was changed.</summary>
    public sealed record LastAdmin : AccountChange;
}
