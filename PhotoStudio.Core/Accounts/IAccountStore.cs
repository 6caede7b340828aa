namespace PhotoStudio.Core.Accounts;

/// <summary>Registered accounts. Passwords come hashed; what is looked up by e-mail is looked up by <see cref="EmailAddress.Key"/>.</summary>
public interface IAccountStore
{
    /// <summary>Registers an account, unless one of its names is taken.</summary>
    Task<(Account? Created, NamesTaken? Taken)> CreateAsync(NewAccount account, CancellationToken cancellationToken);

    /// <summary>An account; null when there is none.</summary>
    Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The account with this login name, and what its password is checked against.</summary>
    Task<AccountCredentials?> FindCredentialsAsync(EmailAddress email, CancellationToken cancellationToken);

    /// <summary>An account and what its password is checked against.</summary>
    Task<AccountCredentials?> FindCredentialsAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Stores the same password under a stronger hash, unless it was changed in the meantime. Tokens stay valid.</summary>
    Task RehashAsync(Guid id, string oldHash, string newHash, CancellationToken cancellationToken);

    /// <summary>Changes the password, unless it was changed in the meantime, and ends every token.</summary>
    /// <returns>The account under its new epoch; null when nothing was changed.</returns>
    Task<Account?> ChangePasswordAsync(Guid id, string oldHash, string newHash, bool revokeKeys, CancellationToken cancellationToken);

    /// <summary>Ends every token of the account; keys too when asked. False when there is no such account.</summary>
    Task<bool> EndTokensAsync(Guid id, bool revokeKeys, CancellationToken cancellationToken);

    /// <summary>Changes the profile; the account as it is then, or which name is taken. Both null when there is no such account.</summary>
    Task<(Account? Changed, NamesTaken? Taken)> ChangeProfileAsync(Guid id, ProfileChange change, CancellationToken cancellationToken);

    /// <summary>Gives the account exactly these roles and <see cref="AccountRoles.User"/>. False when there is no such account.</summary>
    Task<bool> SetRolesAsync(Guid id, IReadOnlyCollection<string> roles, CancellationToken cancellationToken);

    /// <summary>Keeps the hash of a reset token, unless the account got <paramref name="mostInAnHour"/> of them within an hour.</summary>
    /// <returns>Whether it was kept.</returns>
    Task<bool> AddResetAsync(Guid id, string tokenHash, TimeSpan lifetime, int mostInAnHour, CancellationToken cancellationToken);

    /// <summary>Whose reset token this is; null when it is unknown, used or expired.</summary>
    Task<Account?> FindResetAsync(string tokenHash, CancellationToken cancellationToken);

    /// <summary>
    /// Uses a reset token: sets the password, ends every token and key, and makes every other reset token of the account worthless.
    /// </summary>
    /// <returns>The account; null when the token is unknown, used or expired. Of several that use it at once, one gets the account.</returns>
    Task<Account?> UseResetAsync(string tokenHash, string passwordHash, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the account with its tokens and keys, and notes that its things, and those in the namespaces of its service keys, are
    /// to be erased (<see cref="IOwnedThings"/>). False when there is no such account.
    /// </summary>
    Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);
}
