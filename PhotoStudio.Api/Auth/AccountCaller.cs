using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;

namespace PhotoStudio.Api.Auth;

/// <summary>
/// Somebody who is signed in to an account of this studio, which is what managing the account takes: no guest, no key and no token of
/// another issuer will do.
/// </summary>
/// <param name="AccountId">The account.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Roles">The account's roles.</param>
public sealed record AccountCaller(Guid AccountId, Guid SessionId, IReadOnlyList<string> Roles)
{
    /// <summary>Gives a handler its caller.</summary>
    /// <exception cref="ProblemException">401: nobody is signed in. 403: the token is of a kind that may not do this.</exception>
    public static async ValueTask<AccountCaller> BindAsync(HttpContext context)
    {
        var caller = await Caller.BindAsync(context);
        if (caller.Token is not { } token)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"PhotoStudio\"";
            throw StudioProblem.Of(ProblemCode.Unauthorized, "Sign in first, and send the token as 'Authorization: Bearer …'.").ToException();
        }

        return token is { AccountId: { } account, SessionId: { } session }
            ? new AccountCaller(account, session, token.Roles)
            : throw StudioProblem.Of(ProblemCode.Forbidden, "This takes the token of a sign-in; keys and tokens of other issuers may not do it.").ToException();
    }
}
