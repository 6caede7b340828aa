using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PhotoStudio.Api.Identity;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Text;

namespace PhotoStudio.Api.Auth.Tokens;

/// <summary>
/// Tokens that another issuer signs with the shared secret (<c>JWT_SECRET</c>, HS256). They make their holder the owner of things under the
/// issuer's name and nothing more: whatever they say, no account of this studio and no role.
/// </summary>
internal sealed class ExternalAuthenticator : ITokenAuthenticator
{
    private const string UnnamedIssuer = "unnamed";
    private const int HmacBlock = 64;

    private readonly TokenValidationParameters? _rules;

    public ExternalAuthenticator(IOptions<AuthOptions> options, IHostEnvironment environment, TimeProvider time)
    {
        var settings = options.Value;
        if (string.IsNullOrEmpty(settings.JwtSecret)) return;

        _rules = SignedTokens.Rules(time, needsExpiry: !(settings.AcceptTokensWithoutExpiry ?? !environment.IsProduction()));
        _rules.IssuerSigningKey = new SymmetricSecurityKey(Pad(Encoding.UTF8.GetBytes(settings.JwtSecret)));
        (_rules.ValidateIssuer, _rules.ValidIssuer) = (!string.IsNullOrEmpty(settings.JwtIssuer), settings.JwtIssuer);
        (_rules.ValidateAudience, _rules.ValidAudience) = (!string.IsNullOrEmpty(settings.JwtAudience), settings.JwtAudience);
    }

    public ValueTask<TokenIdentity?> AuthenticateAsync(string token, TokenCarrier carrier, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_rules is null ? null : SignedTokens.Read(token, _rules, ToIdentity));

    private static TokenIdentity? ToIdentity(JsonWebToken token)
    {
        var issuer = string.IsNullOrEmpty(token.Issuer) ? UnnamedIssuer : token.Issuer;
        if (string.IsNullOrEmpty(token.Subject) || !Nfkc.IsWellFormed(token.Subject) || !Nfkc.IsWellFormed(issuer)) return null;

        // Escaped, so that no issuer can write itself and a subject into what another issuer's subject is called.
        var name = $"ext:{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(token.Subject)}";
        return Owner.TryParse(name, out var owner)
            ? new TokenIdentity(owner) { UserId = GuestIds.IsUserId(token.Subject) ? token.Subject : null }
            : null;
    }

    // HMAC fills a short key with zeros itself (RFC 2104, 2), so this changes no signature; the library refuses to try short keys.
    private static byte[] Pad(byte[] secret)
    {
        if (secret.Length < HmacBlock) Array.Resize(ref secret, HmacBlock);
        return secret;
    }
}
