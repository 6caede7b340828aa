using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Identity;

/// <summary>
/// The one authentication scheme: a token by <c>Authorization: Bearer|Token</c> or <c>X-Api-Key</c>, otherwise a guest where
/// guests are admitted.
/// </summary>
internal sealed class StudioAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    IOptions<IdentityOptions> identity,
    IHostEnvironment environment,
    IEnumerable<ITokenAuthenticator> authenticators)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, loggers, encoder)
{
    public const string SchemeName = "Studio";
    public const string ApiKeyHeader = "X-Api-Key";

    // The same for everyone who has no roles: who it is says the Caller.
    private static readonly ConcurrentDictionary<string, AuthenticateResult> WithoutRoles = new(StringComparer.Ordinal);

    private StudioProblem? _refusal;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!TryReadUserId(out var userId)) return Refuse(StudioProblem.Invalid(GuestIds.UserIdField, GuestIds.UserIdRule));

        var (token, carrier, malformed) = ReadToken();
        if (malformed is not null) return Refuse(StudioProblem.Of(ProblemCode.Unauthorized, malformed));
        if (token is not null) return await AuthenticateTokenAsync(token, carrier, userId);

        var admitsGuests = identity.Value.Guests ?? !environment.IsProduction();
        return admitsGuests ? AuthenticateGuest(userId) : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var problem = _refusal ?? Caller.Unknown();
        if (problem.Status == StatusCodes.Status401Unauthorized) Response.Headers.WWWAuthenticate = "Bearer realm=\"PhotoStudio\"";
        return ProblemWriter.WriteAsync(Context, problem);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemWriter.WriteAsync(Context, StudioProblem.Of(ProblemCode.Forbidden, "This account may not do this."));

    private async Task<AuthenticateResult> AuthenticateTokenAsync(string token, TokenCarrier carrier, string? userId)
    {
        foreach (var authenticator in authenticators)
        {
            if (await authenticator.AuthenticateAsync(token, carrier, Context.RequestAborted) is { } known)
                return Admit(Caller.FromToken(known, userId), known.Owner.Kind.ToString(), known.Roles);
        }

        return Refuse(StudioProblem.Of(ProblemCode.Unauthorized, "The token is not valid, or no longer."));
    }

    private AuthenticateResult AuthenticateGuest(string? userId)
    {
        string? fromHeader = Request.Headers[GuestIds.Header];
        if (!string.IsNullOrEmpty(fromHeader) && !GuestIds.IsRandomId(fromHeader))
        {
            return Refuse(StudioProblem.Invalid(
                GuestIds.Header,
                "must be the 32 hexadecimal digits that an earlier answer carried. To choose a name of your own, use user_id."));
        }

        var fromCookie = Request.Cookies[GuestIds.Cookie];
        var cookieHolds = GuestIds.IsRandomId(fromCookie);
        var id = !string.IsNullOrEmpty(fromHeader) ? fromHeader : cookieHolds ? fromCookie! : GuestIds.New();

        var caller = Caller.FromGuest(id, userId);
        Response.OnStarting(() =>
        {
            if (caller.GuestIdToAnswer is not { } answered) return Task.CompletedTask;
            Response.Headers[GuestIds.Header] = answered;
            if (fromCookie != answered) AppendCookie(answered);
            return Task.CompletedTask;
        });
        return Admit(caller, "guest", []);
    }

    private void AppendCookie(string id) => Response.Cookies.Append(GuestIds.Cookie, id, new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = Request.IsHttps,
        IsEssential = true,
        Path = "/",
        MaxAge = identity.Value.GuestCookieLifetime,
    });

    private AuthenticateResult Admit(Caller caller, string kind, IReadOnlyList<string> roles)
    {
        Context.Features.Set(caller);
        return roles.Count == 0 ? WithoutRoles.GetOrAdd(kind, static known => Admission(known, [])) : Admission(kind, roles);
    }

    private static AuthenticateResult Admission(string kind, IReadOnlyList<string> roles)
    {
        var claims = roles.Select(role => new Claim(ClaimTypes.Role, role)).Append(new Claim("owner_kind", kind));
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
    }

    private AuthenticateResult Refuse(StudioProblem problem)
    {
        _refusal = problem;
        return AuthenticateResult.Fail(problem.Detail);
    }

    private (string? Token, TokenCarrier Carrier, string? Malformed) ReadToken()
    {
        var authorization = Request.Headers.Authorization.ToString();
        var apiKey = Request.Headers[ApiKeyHeader].ToString();
        string? token = null;
        if (authorization.Length > 0)
        {
            const StringSplitOptions Words = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
            if (authorization.Split(' ', 2, Words) is not [var scheme, var credentials]
                || scheme.ToLowerInvariant() is not ("bearer" or "token"))
            {
                return (null, default, "The Authorization header must be 'Bearer <token>' or 'Token <token>'.");
            }

            token = credentials;
        }

        if (token is not null && apiKey.Length > 0) return (null, default, "Send one token: Authorization or X-Api-Key, not both.");

        var carrier = token is null ? TokenCarrier.ApiKey : TokenCarrier.Authorization;
        token ??= apiKey.Length > 0 ? apiKey : null;
        return token?.Length > ITokenAuthenticator.MaxTokenLength ? (null, default, "The token is too long.") : (token, carrier, null);
    }

    private bool TryReadUserId(out string? userId)
    {
        var values = Request.Query[GuestIds.UserIdField];
        userId = values.Count == 0 || string.IsNullOrEmpty(values[0]) ? null : values[0];
        return values.Count <= 1 && (userId is null || GuestIds.IsUserId(userId));
    }
}
