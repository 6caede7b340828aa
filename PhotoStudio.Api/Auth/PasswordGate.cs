using System.Net;
using System.Net.Sockets;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Text;

namespace PhotoStudio.Api.Auth;

/// <summary>
/// The one way to try a password: slowed down after wrong ones, the same whether or not there is such an account, and renewing a weak hash.
/// </summary>
internal sealed class PasswordGate(IAccountStore accounts, Passwords passwords, ISignInThrottle throttle)
{
    /// <summary>What whoever gave a wrong name or password is told.</summary>
    public static StudioProblem Wrong => StudioProblem.Of(ProblemCode.InvalidCredentials, "The e-mail address or the password is wrong.");

    /// <summary>The account with this name and password.</summary>
    /// <exception cref="ProblemException">401: one of them is wrong. 403: the account is locked. 429: too many wrong ones before.</exception>
    public async Task<AccountCredentials> PassAsync(HttpContext http, EmailAddress email, string password)
    {
        var (address, aborted) = (AddressOf(http), http.RequestAborted);
        if (await throttle.TryAsync(email.Key, address, aborted) is { } wait)
        {
            throw (StudioProblem.Of(ProblemCode.RateLimited, "Too many wrong passwords. Wait a little, or reset your password.") with
            {
                RetryAfter = wait,
            }).ToException();
        }

        var found = await accounts.FindCredentialsAsync(email, aborted);
        var check = IsPossible(password)
            ? await passwords.CheckAsync(found?.PasswordHash, password, aborted)
            : PasswordCheck.Wrong;
        if (found is null || check == PasswordCheck.Wrong) throw Wrong.ToException();

        await throttle.SucceededAsync(email.Key, address, aborted);
        if (found.Account.LockedAt is not null)
            throw StudioProblem.Of(ProblemCode.AccountLocked, "An administrator has locked this account.").ToException();
        if (check != PasswordCheck.RightButWeakHash) return found;

        var hash = await passwords.HashAsync(password, aborted);
        await accounts.RehashAsync(found.Account.Id, found.PasswordHash, hash, aborted);
        return found with { PasswordHash = hash };
    }

    private static bool IsPossible(string password) => password.Length <= PasswordRules.MaxLength && Nfkc.IsWellFormed(password);

    /// <summary>Whoever has an IPv6 address usually has a whole /64 of them, so that counts as one.</summary>
    internal static string AddressOf(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString()
            : address.ToString();
    }
}
