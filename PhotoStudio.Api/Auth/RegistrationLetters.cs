using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Auth.Tokens;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Mail;

namespace PhotoStudio.Api.Auth;

/// <summary>Who wants to register.</summary>
/// <param name="Email">Where the letter goes.</param>
/// <param name="Name">The user name wished for.</param>
internal sealed record RegistrationWish(EmailAddress Email, UserName Name);

/// <summary>Writes letters that confirm an address, or tell its holder that there is an account already.</summary>
internal sealed class RegistrationLetters(
    IAccountStore accounts, RegistrationTokens tokens, IMailSender mail, IOptions<AuthOptions> options, ILogger<RegistrationLetters> logger)
    : LetterQueue<RegistrationWish>(mail, logger)
{
    /// <summary>Letters that an address gets from one process within an hour.</summary>
    public const int MostInAnHour = 3;

    private readonly PartitionedRateLimiter<string> _letters = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = MostInAnHour, Window = TimeSpan.FromHours(1) }));

    /// <inheritdoc/>
    public override void Dispose()
    {
        _letters.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task WriteAsync(RegistrationWish wish, CancellationToken cancellationToken)
    {
        using var lease = _letters.AttemptAcquire(wish.Email.Key);
        if (!lease.IsAcquired) return;

        var found = await accounts.FindCredentialsAsync(wish.Email, cancellationToken);
        await Mail.SendAsync(found is null ? Confirm(wish) : Known(wish.Email, found.Account), cancellationToken);
    }

    private Letter Confirm(RegistrationWish wish)
    {
        var (token, settings) = (tokens.Issue(wish.Email, wish.Name), options.Value);
        var way = string.IsNullOrEmpty(settings.ConfirmUrl)
            ? $"Send it with your password to POST /api/v1/auth/register/confirm.\n\nToken: {token}\n"
            : $"Open this page to go on:\n\n{settings.ConfirmUrl.Replace("{token}", token, StringComparison.Ordinal)}\n";
        return new Letter(
            wish.Email,
            "Confirm your address",
            $"Hello {wish.Name.Text},\n\nthis address was given to register at PhotoStudio. {way}\nThis works for {settings.ConfirmTokenLifetime.TotalHours:0} hours. "
            + "If it was not you, you need do nothing: there will be no account.\n");
    }

    private static Letter Known(EmailAddress to, Account account) => new(
        to,
        "You have an account already",
        $"Hello {account.UserName},\n\nsomebody wanted to register at PhotoStudio with this address, which has an account. Sign in as ever, or ask for a new password.\n"
        + "If it was not you, you need do nothing.\n");
}
