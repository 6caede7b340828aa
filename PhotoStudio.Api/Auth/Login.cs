using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;

namespace PhotoStudio.Api.Auth;

internal static class Login
{
    private const int MaxRawLength = 1024;

    public static async Task<Results<Ok<Envelope<SignedInResource>>, StudioProblem>> HandleAsync(
        HttpContext http,
        PasswordGate gate,
        SignIn signIn,
        GuestAdoption guests)
    {
        var fields = await BodyFields.ReadAsync(http);
        var email = Register.ReadEmail(fields);
        var password = fields.RequiredSecret(MaxRawLength, "password");
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);

        var (account, _) = await gate.PassAsync(http, email!, password!);
        var adopted = await guests.AdoptAsync(http, account);
        var signedIn = await signIn.OpenAsync(account, http.RequestAborted) with { Adopted = adopted };
        return TypedResults.Ok(new Envelope<SignedInResource>(signedIn, "You are signed in."));
    }
}
