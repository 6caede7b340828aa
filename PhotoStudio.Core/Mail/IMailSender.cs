using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Mail;

/// <summary>Sends letters to people.</summary>
public interface IMailSender
{
    /// <summary>Whether letters leave at all; where not, what needs one is refused with a clear error.</summary>
    bool IsReady { get; }

    /// <summary>Hands a letter over.</summary>
    /// <exception cref="StorageException">It could not be handed over.</exception>
    Task SendAsync(Letter letter, CancellationToken cancellationToken);
}

/// <summary>A letter in plain text.</summary>
public sealed record Letter
{
    /// <summary>A letter.</summary>
    /// <exception cref="ArgumentException">The subject has a line break or another control character, which would begin a header of its own.</exception>
    public Letter(EmailAddress to, string subject, string text)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentNullException.ThrowIfNull(text);
        if (subject.Any(char.IsControl)) throw new ArgumentException("A subject is one line.", nameof(subject));
        (To, Subject, Text) = (to, subject, text);
    }

    /// <summary>Who gets it; an address cannot hold a line break.</summary>
    public EmailAddress To { get; }

    /// <summary>One line.</summary>
    public string Subject { get; }

    /// <summary>What it says.</summary>
    public string Text { get; }
}
