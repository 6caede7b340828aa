using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth;

/// <summary>Changes the password, ends every token there is, and signs the caller in anew.</summary>
internal static class ChangePassword
{
    private const int MaxRawLength = 1024;

    public static async Task<Results<Ok<Envelope<SignedInResource>>, StudioProblem>> HandleAsync(
        HttpContext http,
        AccountCaller caller,
        IAccountStore accounts,
        PasswordGate gate,
        Passwords passwords,
        SignIn signIn)
    {
        var fields = await BodyFields.ReadAsync(http);
        var old = fields.RequiredSecret(MaxRawLength, "old_password", "current_password");
        var next = fields.RequiredSecret(MaxRawLength, "new_password");
        var revokeKeys = fields.Flag("revoke_keys") ?? false;
        if (await accounts.FindAsync(caller.AccountId, http.RequestAborted) is not { } account) return Identity.Caller.Unknown();
        if (next is not null) Register.CheckPassword(fields.Faults, "new_password", next, account.Email, account.UserName);
        if (next is not null && next == old) fields.Faults.Add("new_password", "is the present one.");
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);

        if (!EmailAddress.TryParse(account.Email, out var email)) throw new InvalidOperationException("An account has an e-mail address that cannot be read.");
        AccountCredentials known;
        try
        {
            known = await gate.PassAsync(http, email, old!);
        }
        catch (ProblemException wrong) when (wrong.Problem.Status == StatusCodes.Status401Unauthorized)
        {
            // Not 401: the token is fine, and a client must not throw it away.
            return StudioProblem.Invalid("old_password", "is not your password.");
        }

        var hash = await passwords.HashAsync(next!, http.RequestAborted);
        var changed = await accounts.ChangePasswordAsync(account.Id, known.PasswordHash, hash, revokeKeys, http.RequestAborted);
        if (changed is null) return StudioProblem.Of(ProblemCode.Conflict, "The password was changed in this moment by somebody else. Sign in again.");

        var signedIn = await signIn.OpenAsync(changed, http.RequestAborted);
        return TypedResults.Ok(new Envelope<SignedInResource>(signedIn, "Your password is changed, and every earlier token has ended."));
    }
}
