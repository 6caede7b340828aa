using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;
using PhotoStudio.Core;
using PhotoStudio.Core.Mail;

namespace PhotoStudio.Backings.Mail;

/// <summary>Hands letters to a mail server (RFC 5321), one connection each.</summary>
public sealed class SmtpMailSender(IOptions<MailOptions> options) : IMailSender
{
    private readonly MailOptions _options = options.Value;

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <inheritdoc/>
    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        using var message = Compose(letter, _options.From);
        using var client = new SmtpClient(_options.Host, _options.Port) { EnableSsl = _options.StartTls };
        if (!string.IsNullOrEmpty(_options.UserName)) client.Credentials = new NetworkCredential(_options.UserName, _options.Password);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.Timeout);
        try
        {
            await client.SendMailAsync(message, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageException($"The mail server did not take the letter within {_options.Timeout.TotalSeconds:0} seconds.");
        }
        catch (SmtpException exception)
        {
            throw new StorageException($"The mail server did not take the letter: {exception.Message}", exception);
        }
    }

    /// <summary>A letter as it travels.</summary>
    internal static MailMessage Compose(Letter letter, string from) => new(from, letter.To.Text, letter.Subject, letter.Text)
    {
        SubjectEncoding = Encoding.UTF8,
        BodyEncoding = Encoding.UTF8,
        IsBodyHtml = false,
    };
}
