using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Lists;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth;

/// <summary>Ends one session, or all of them, at once: the long-lived token, the refresh tokens, and the access tokens.</summary>
internal static class Logout
{
    public static async Task<Ok<Envelope<object?>>> HandleAsync(AccountCaller caller, ISessionStore sessions, CancellationToken cancellationToken)
    {
        await sessions.CloseAsync(caller.SessionId, cancellationToken);
        return TypedResults.Ok(new Envelope<object?>(null, "You are signed out."));
    }

    public static async Task<Ok<Envelope<object?>>> EverywhereAsync(HttpContext http, AccountCaller caller, IAccountStore accounts)
    {
        var fields = await BodyFields.ReadAsync(http);
        var revokeKeys = fields.Flag("revoke_keys") ?? false;
        if (!fields.Faults.IsEmpty) throw Problems.StudioProblem.Validation(fields.Faults).ToException();

        await accounts.EndTokensAsync(caller.AccountId, revokeKeys, http.RequestAborted);
        return TypedResults.Ok(new Envelope<object?>(null, "You are signed out everywhere."));
    }
}
