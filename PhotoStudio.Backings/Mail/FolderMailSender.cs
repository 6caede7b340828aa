using System.Net.Mail;
using PhotoStudio.Backings.Blobs.Files;
using PhotoStudio.Core;
using PhotoStudio.Core.Mail;

namespace PhotoStudio.Backings.Mail;

/// <summary>Puts letters into a folder as <c>.eml</c> files (RFC 5322), for development.</summary>
public sealed class FolderMailSender(string folder, string from) : IMailSender
{
    /// <inheritdoc/>
    public bool IsReady => true;

    /// <inheritdoc/>
    public async Task SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        try
        {
            Directory.CreateDirectory(folder);
            using var message = SmtpMailSender.Compose(letter, from);
            using var client = new SmtpClient
            {
                DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
                PickupDirectoryLocation = Path.GetFullPath(folder),
            };
            await client.SendMailAsync(message, cancellationToken);
        }
        catch (Exception exception) when (FileFaults.IsFault(exception) || exception is SmtpException)
        {
            throw new StorageException("The letter could not be written into the folder for letters. Make it writable.", exception);
        }
    }
}

/// <summary>Where no letters leave.</summary>
public sealed class NoMailSender : IMailSender
{
    /// <inheritdoc/>
    public bool IsReady => false;

    /// <inheritdoc/>
    public Task SendAsync(Letter letter, CancellationToken cancellationToken) =>
        throw new StorageException($"No letters leave this studio. Name a mail server with {MailOptions.Section}:{nameof(MailOptions.Host)}.");
}
