using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Auth.Tokens;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth;

internal static class ResetPassword
{
    private const int MaxRawLength = 1024;

    public static async Task<Results<Ok<Envelope<object?>>, StudioProblem>> HandleAsync(HttpContext http, IAccountStore accounts, Passwords passwords)
    {
        var fields = await BodyFields.ReadAsync(http);
        var token = fields.RequiredSecret(MaxRawLength, "token");
        var next = fields.RequiredSecret(MaxRawLength, "new_password", "password");
        var hash = token is null ? null : TokenSecrets.Hash(token);
        var account = TokenSecrets.Is(TokenSecrets.Reset, token) ? await accounts.FindResetAsync(hash!, http.RequestAborted) : null;
        if (token is not null && account is null) fields.Faults.Add("token", WorthlessToken);
        if (next is not null) Register.CheckPassword(fields.Faults, "new_password", next, account?.Email, account?.UserName);
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);

        var password = await passwords.HashAsync(next!, http.RequestAborted);
        return await accounts.UseResetAsync(hash!, password, http.RequestAborted) is null
            ? StudioProblem.Invalid("token", WorthlessToken)
            : TypedResults.Ok(new Envelope<object?>(null, "Your password is set. Sign in with it; every earlier token and key has ended."));
    }

    private const string WorthlessToken = "is not valid, or no longer. Ask for another letter.";
}
