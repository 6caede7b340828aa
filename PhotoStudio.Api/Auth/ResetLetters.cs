using Microsoft.Extensions.Options;
using PhotoStudio.Api.Auth.Tokens;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Mail;

namespace PhotoStudio.Api.Auth;

/// <summary>Writes letters with reset tokens.</summary>
internal sealed partial class ResetLetters(
    IAccountStore accounts, IMailSender mail, IOptions<AuthOptions> options, ILogger<ResetLetters> logger) : LetterQueue<EmailAddress>(mail, logger)
{
    /// <summary>Letters an account gets within an hour.</summary>
    public const int MostInAnHour = 3;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!Mail.IsReady) LogNoMail();
        return base.ExecuteAsync(stoppingToken);
    }

    /// <inheritdoc/>
    protected override async Task WriteAsync(EmailAddress email, CancellationToken cancellationToken)
    {
        if (await accounts.FindCredentialsAsync(email, cancellationToken) is not var (account, _)) return;

        var (token, settings) = (TokenSecrets.New(TokenSecrets.Reset), options.Value);
        if (!await accounts.AddResetAsync(account.Id, TokenSecrets.Hash(token), settings.ResetTokenLifetime, MostInAnHour, cancellationToken)) return;

        // To the stored address, not to the one that was typed.
        if (!EmailAddress.TryParse(account.Email, out var to)) return;
        await Mail.SendAsync(new Letter(to, "Set a new password", Text(account, token, settings)), cancellationToken);
    }

    private static string Text(Account account, string token, AuthOptions settings)
    {
        var way = string.IsNullOrEmpty(settings.ResetUrl)
            ? $"Send it with your new password to POST /api/v1/auth/reset-password.\n\nToken: {token}\n"
            : $"Open this page to choose one:\n\n{settings.ResetUrl.Replace("{token}", token, StringComparison.Ordinal)}\n";
        return $"Hello {account.UserName},\n\nsomebody asked for a new password of your PhotoStudio account. {way}\n"
            + $"It works once, within {settings.ResetTokenLifetime.TotalMinutes:0} minutes. If it was not you who asked, you need do nothing: your password stays as it is.\n";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No letters leave this studio, so nobody can reset a password. Name a mail server with Studio:Mail:Host.")]
    private partial void LogNoMail();
}
