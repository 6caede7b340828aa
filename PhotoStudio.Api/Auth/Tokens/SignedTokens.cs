using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace PhotoStudio.Api.Auth.Tokens;

/// <summary>Reads signed JSON web tokens (RFC 7515, RFC 7519).</summary>
internal static class SignedTokens
{
    /// <summary>How far the clock of whoever issued a token may be ahead.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = Core.Accounts.ITokenAuthenticator.MaxTokenLength };

    /// <summary>
    /// Whether a text has the form of a signed token: three parts of base64url, the last of them not empty. An encrypted token has five; none is
    /// accepted here, and the library's way of unpacking them is best not entered at all.
    /// </summary>
    public static bool HasForm(string text)
    {
        if (text.Count(c => c == '.') != 2 || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) return false;
        return text.Split('.').All(part => part.Length > 0);
    }

    /// <summary>What is wanted of the token, if it holds under the rules; null when anything about it is wrong.</summary>
    public static T? Read<T>(string text, TokenValidationParameters rules, Func<JsonWebToken, T?> take)
        where T : class
    {
        if (!HasForm(text)) return null;
        try
        {
            // Its successor is asynchronous and not there in the version that the portable edition has.
#pragma warning disable CS0618
            var result = Handler.ValidateToken(text, rules);
#pragma warning restore CS0618
            return result.IsValid ? take((JsonWebToken)result.SecurityToken) : null;
        }
        catch (Exception)
        {
            // Whatever the library chokes on came from outside, and is no valid token: it reads some claims only when they are asked for.
            return null;
        }
    }

    /// <summary>Rules that every token has to keep: HMAC with SHA-256 and nothing else, a signature, and its time by our clock.</summary>
    public static TokenValidationParameters Rules(TimeProvider time, bool needsExpiry) => new()
    {
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        RequireSignedTokens = true,
        ValidateIssuerSigningKey = true,
        ValidateLifetime = true,
        RequireExpirationTime = needsExpiry,
        LifetimeValidator = (notBefore, expires, token, parameters) =>
        {
            // An expiry that is no time is not the same as none, though the library says the earliest time for both.
            var now = time.GetUtcNow().UtcDateTime;
            var isAbsent = expires is null || (expires == DateTime.MinValue && !((JsonWebToken)token).TryGetPayloadValue<object>(JwtRegisteredClaimNames.Exp, out _));
            return (isAbsent ? !needsExpiry : expires > now) && (notBefore is null || notBefore <= now + Ahead);
        },
    };
}
