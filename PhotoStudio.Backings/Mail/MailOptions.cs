using Microsoft.Extensions.Options;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Backings.Mail;

/// <summary>How letters leave. Section <c>Studio:Mail</c>.</summary>
public sealed class MailOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Mail";

    /// <summary>The mail server; without one, letters go to files in Development and nowhere in Production.</summary>
    public string? Host { get; set; }

    /// <summary>Its port, 1–65535.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whether the connection is encrypted by STARTTLS. Switch it off only for a server on the same machine.</summary>
    public bool StartTls { get; set; } = true;

    /// <summary>The name to sign in with; null to not sign in.</summary>
    public string? UserName { get; set; }

    /// <summary>The password to sign in with.</summary>
    public string? Password { get; set; }

    /// <summary>The sender's address.</summary>
    public string From { get; set; } = "photostudio@localhost.localdomain";

    /// <summary>How long a letter may take, 1 s to 5 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A folder for letters in place of a server; in Development <c>mail</c> in the data folder unless set.</summary>
    public string? Folder { get; set; }

    /// <summary>Checks the settings when the process starts.</summary>
    internal sealed class Validator : IValidateOptions<MailOptions>
    {
        /// <inheritdoc/>
        public ValidateOptionsResult Validate(string? name, MailOptions options)
        {
            List<string> faults = [];
            if (options.Port is < 1 or > 65_535) faults.Add($"{Section}:Port must be a number from 1 to 65,535.");
            if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(5))
                faults.Add($"{Section}:Timeout must be a time from 00:00:01 to 00:05:00.");
            if (!EmailAddress.TryParse(options.From, out _)) faults.Add($"{Section}:From {EmailAddress.Rule}");
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
