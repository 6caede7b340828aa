using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth;

/// <summary>
/// Deletes the account at once, and everything of it soon after. A token that lies around must not be enough, so it takes the password or a
/// sign-in of just now.
/// </summary>
internal static class DeleteAccount
{
    private const int MaxRawLength = 1024;
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(10);

    public static async Task<Results<Ok<Envelope<object?>>, StudioProblem>> HandleAsync(
        HttpContext http, AccountCaller caller, IAccountStore accounts, ISessionStore sessions, PasswordGate gate, TimeProvider time)
    {
        var fields = await BodyFields.ReadAsync(http);
        var password = fields.Secret("password", MaxRawLength);
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);

        if (await accounts.FindAsync(caller.AccountId, http.RequestAborted) is not { } account) return Identity.Caller.Unknown();
        if (password is null)
        {
            if (await sessions.FindAsync(caller.SessionId, http.RequestAborted) is not { } session) return Identity.Caller.Unknown();
            if (time.GetUtcNow() - session.OpenedAt > JustNow)
                return StudioProblem.Invalid("password", "is required: you signed in a while ago.");
        }
        else if (await IsWrongAsync(http, gate, account, password))
        {
            return StudioProblem.Invalid("password", "is not your password.");
        }

        await accounts.DeleteAsync(account.Id, http.RequestAborted);
        return TypedResults.Ok(new Envelope<object?>(null, "Your account is deleted. Your pictures and everything else of yours follow within minutes."));
    }

    private static async Task<bool> IsWrongAsync(HttpContext http, PasswordGate gate, Account account, string password)
    {
        try
        {
            return !EmailAddress.TryParse(account.Email, out var email) || await gate.PassAsync(http, email, password) is null;
        }
        catch (ProblemException wrong) when (wrong.Problem.Status == StatusCodes.Status401Unauthorized)
        {
            return true;
        }
    }
}
