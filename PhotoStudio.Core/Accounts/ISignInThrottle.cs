namespace PhotoStudio.Core.Accounts;

/// <summary>
/// Slows down who guesses passwords. What backs off is a pair of account and address, and an address over all accounts; an account
/// as a whole is never closed, so no stranger can lock its owner out. A try is counted before the password is looked at, so that
/// many at once gain nothing.
/// </summary>
public interface ISignInThrottle
{
    /// <summary>Counts a try.</summary>
    /// <param name="account">The login name as <see cref="EmailAddress.Key"/>, whether or not there is such an account.</param>
    /// <param name="address">Where the try comes from.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long to wait before another try; null when this one may go on.</returns>
    Task<TimeSpan?> TryAsync(string account, string address, CancellationToken cancellationToken);

    /// <summary>Forgets the tries of this pair: the password was right.</summary>
    Task SucceededAsync(string account, string address, CancellationToken cancellationToken);
}

/// <summary>How long to wait after how many failures.</summary>
public static class BackOff
{
    /// <summary>Tries of one account from one address before it has to wait.</summary>
    public const int PairTries = 5;

    /// <summary>Tries of all accounts from one address before it has to wait.</summary>
    public const int AddressTries = 50;

    /// <summary>
    /// Failures of one account from anywhere after which a pair gets a single try before it has to wait: many addresses together
    /// guess no faster than that, and the owner at a new address still gets a try.
    /// </summary>
    public const int AccountAlarm = 100;

    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Failures are forgotten after this long without another.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>The wait after a number of failures: none up to those that are free, then 2 s, doubling, up to <see cref="Longest"/>.</summary>
    public static TimeSpan After(int failures, int free) => failures < free
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(failures - free + 1, 20)), Longest.TotalSeconds));
}
