using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Auth.Tokens;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth;

/// <summary>
/// Makes the account whose address the token confirms. The password is chosen here and not when the letter was asked for: otherwise whoever
/// asked for it in another's name would know the password of what the other confirms.
/// </summary>
internal static class ConfirmRegistration
{
    private const int MaxRawLength = 1024;
    private const int MaxTokenLength = 4096;

    public static async Task<Results<Created<Envelope<SignedInResource>>, StudioProblem>> HandleAsync(
        HttpContext http, RegistrationTokens tokens, IAccountStore accounts, Passwords passwords, SignIn signIn, GuestAdoption guests)
    {
        var fields = await BodyFields.ReadAsync(http);
        var confirmed = fields.RequiredSecret(MaxTokenLength, "token") is { } token ? tokens.Read(token) : null;
        var password = fields.RequiredSecret(MaxRawLength, "password");
        var name = Register.ReadName(fields, fields.Secret("username", MaxRawLength)) ?? confirmed?.Name;
        if (confirmed is null) fields.Faults.Add("token", "is not valid, or no longer. Register again for another letter.");
        if (password is not null) Register.CheckPassword(fields.Faults, "password", password, confirmed?.Email.Text, name?.Text);
        return fields.Faults.IsEmpty
            ? await Register.CreateAsync(http, new NewAccount(confirmed!.Email, name!, await passwords.HashAsync(password!, http.RequestAborted)), accounts, signIn, guests)
            : StudioProblem.Validation(fields.Faults);
    }
}
