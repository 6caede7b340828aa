using System.Text;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth;

/// <summary>Accounts and tokens. Section <c>Studio:Auth</c>.</summary>
public sealed class AuthOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Auth";

    /// <summary>The fewest iterations of PBKDF2 with SHA-512 (OWASP Password Storage: 210,000).</summary>
    public const int FewestIterations = 220_000;

    /// <summary>The one key that signs access tokens, at least 32 bytes; in place of <see cref="SigningKeys"/>.</summary>
    public string? SigningKey { get; set; }

    /// <summary>
    /// Keys of access tokens. The first signs; tokens signed by any of them are accepted, by the key's id. To change keys, put the new one
    /// first and take the old one out when <see cref="AccessTokenLifetime"/> has passed.
    /// </summary>
    public IList<TokenKeyOptions> SigningKeys { get; init; } = [];

    /// <summary>Who issues the tokens (<c>iss</c>).</summary>
    public string Issuer { get; set; } = "photostudio";

    /// <summary>Whom they are for (<c>aud</c>).</summary>
    public string Audience { get; set; } = "photostudio";

    /// <summary>How long an access token is good, 1 min to 1 h.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the token of a sign-in is good, 1 h to 400 days.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a refresh token is good, 1 h to 400 days.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a reset token is good, 5 min to 1 day.</summary>
    public TimeSpan ResetTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The page that sets a new password, with <c>{token}</c> where the token goes; named in the letter.</summary>
    public string? ResetUrl { get; set; }

    /// <summary>
    /// Whether registering takes a letter to the address. The answer is then the same whether or not the address has an account; without it, whoever
    /// registers is signed in at once, and hears it when the address is taken.
    /// </summary>
    public bool ConfirmEmail { get; set; }

    /// <summary>How long the token of such a letter is good, 15 min to 7 days.</summary>
    public TimeSpan ConfirmTokenLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The page that goes on from there, with <c>{token}</c> where the token goes; named in the letter.</summary>
    public string? ConfirmUrl { get; set; }

    /// <summary>Iterations of PBKDF2 with SHA-512; hashes with fewer are renewed when their owner signs in.</summary>
    public int PasswordIterations { get; set; } = FewestIterations;

    /// <summary>The secret with which another issuer signs tokens (HS256); null for none.</summary>
    public string? JwtSecret { get; set; }

    /// <summary>The <c>iss</c> that tokens of the other issuer must have; null for any.</summary>
    public string? JwtIssuer { get; set; }

    /// <summary>The <c>aud</c> that tokens of the other issuer must have; null for any.</summary>
    public string? JwtAudience { get; set; }

    /// <summary>Whether tokens of the other issuer may lack <c>exp</c>. When it is not set: everywhere but in Production, which refuses true.</summary>
    public bool? AcceptTokensWithoutExpiry { get; set; }

    /// <summary>Who may make service keys. When it is not set: admins in Production, every account elsewhere.</summary>
    public ServiceKeyMakers? ServiceKeys { get; set; }

    /// <summary>How many keys an account may have that are not revoked, 1 to 1,000.</summary>
    public int MaxKeys { get; set; } = 50;

    /// <summary>The first admin, made when the studio starts.</summary>
    public FirstAdminOptions Admin { get; init; } = new();

    /// <summary>Checks the settings when the process starts.</summary>
    internal sealed class Validator(IHostEnvironment environment) : IValidateOptions<AuthOptions>
    {
        /// <inheritdoc/>
        public ValidateOptionsResult Validate(string? name, AuthOptions options)
        {
            var faults = Keys(options).Concat(External(options)).Concat(Times(options)).Concat(Admin(options.Admin)).ToList();
            if (options.PasswordIterations is < FewestIterations or > 10_000_000)
                faults.Add($"{Section}:PasswordIterations must be a number from {FewestIterations:N0} to 10,000,000.");
            if (options.MaxKeys is < 1 or > 1000) faults.Add($"{Section}:MaxKeys must be a number from 1 to 1,000.");
            foreach (var (setting, url) in ((string, string?)[])[(nameof(ResetUrl), options.ResetUrl), (nameof(ConfirmUrl), options.ConfirmUrl)])
            {
                if (url is { Length: > 0 } && !(url.Contains("{token}", StringComparison.Ordinal) && Uri.TryCreate(url, UriKind.Absolute, out _)))
                    faults.Add($"{Section}:{setting} must be an address with {{token}} where the token goes.");
            }

            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }

        private IEnumerable<string> Keys(AuthOptions options)
        {
            var keys = options.AllKeys().ToList();
            if (keys.Count == 0 && environment.IsProduction())
                yield return $"{Section}:SigningKey is missing. Production needs a secret of at least {WeakSecrets.FewestBytes} bytes that signs access tokens, the same for every process; 'openssl rand -base64 48' makes one.";
            foreach (var (setting, _, key) in keys)
            {
                if (WeakSecrets.Explain(key) is { } weakness) yield return $"{setting} {weakness}";
                if (options.JwtSecret == key) yield return $"{setting} must not be the secret of {Section}:JwtSecret (JWT_SECRET): whoever knows that could sign in as anybody.";
            }

            if (keys.Select(key => key.Id).Distinct(StringComparer.Ordinal).Count() < keys.Count) yield return $"{Section}:SigningKeys has two keys with one id.";
            if (string.IsNullOrWhiteSpace(options.Issuer) || string.IsNullOrWhiteSpace(options.Audience)) yield return $"{Section}:Issuer and {Section}:Audience must not be empty.";
        }

        private IEnumerable<string> External(AuthOptions options)
        {
            if (!environment.IsProduction()) yield break;
            if (options.AcceptTokensWithoutExpiry == true) yield return $"{Section}:AcceptTokensWithoutExpiry is for development; Production refuses it.";
            if (!string.IsNullOrEmpty(options.JwtSecret) && WeakSecrets.Explain(options.JwtSecret) is { } weakness)
                yield return $"{Section}:JwtSecret (JWT_SECRET) {weakness}";
        }

        private static IEnumerable<string> Times(AuthOptions options)
        {
            if (options.AccessTokenLifetime < TimeSpan.FromMinutes(1) || options.AccessTokenLifetime > TimeSpan.FromHours(1))
                yield return $"{Section}:AccessTokenLifetime must be a time from 00:01:00 to 01:00:00.";
            if (options.TokenLifetime < TimeSpan.FromHours(1) || options.TokenLifetime > TimeSpan.FromDays(400))
                yield return $"{Section}:TokenLifetime must be a time from 01:00:00 to 400.00:00:00.";
            if (options.RefreshTokenLifetime < TimeSpan.FromHours(1) || options.RefreshTokenLifetime > TimeSpan.FromDays(400))
                yield return $"{Section}:RefreshTokenLifetime must be a time from 01:00:00 to 400.00:00:00.";
            if (options.ConfirmTokenLifetime < TimeSpan.FromMinutes(15) || options.ConfirmTokenLifetime > TimeSpan.FromDays(7))
                yield return $"{Section}:ConfirmTokenLifetime must be a time from 00:15:00 to 7.00:00:00.";
            if (options.ResetTokenLifetime < TimeSpan.FromMinutes(5) || options.ResetTokenLifetime > TimeSpan.FromDays(1))
                yield return $"{Section}:ResetTokenLifetime must be a time from 00:05:00 to 1.00:00:00.";
        }

        private static IEnumerable<string> Admin(FirstAdminOptions admin)
        {
            if (string.IsNullOrEmpty(admin.Email) && string.IsNullOrEmpty(admin.Password)) yield break;
            if (!EmailAddress.TryParse(admin.Email, out var email)) yield return $"{Section}:Admin:Email {EmailAddress.Rule}";
            if (!UserName.TryParse(admin.UserName, out _)) yield return $"{Section}:Admin:UserName {UserName.Rule}";
            if (PasswordRules.Fault(admin.Password ?? "", email?.Text) is { } fault) yield return $"{Section}:Admin:Password {fault}";
        }
    }

    /// <summary>Every configured key with its setting and id, the one that signs first.</summary>
    internal IEnumerable<(string Setting, string Id, string Key)> AllKeys()
    {
        if (!string.IsNullOrEmpty(SigningKey)) yield return ($"{Section}:{nameof(SigningKey)}", TokenKeyOptions.IdOf(Encoding.UTF8.GetBytes(SigningKey)), SigningKey);
        for (var i = 0; i < SigningKeys.Count; i++)
        {
            var key = SigningKeys[i].Key ?? "";
            yield return ($"{Section}:{nameof(SigningKeys)}:{i}:Key", SigningKeys[i].Id is { Length: > 0 } id ? id : TokenKeyOptions.IdOf(Encoding.UTF8.GetBytes(key)), key);
        }
    }
}
