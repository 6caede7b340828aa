using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Mail;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Auth;

internal static class Register
{
    // A text may be longer than its normal form; what is too long after that is told by the field's own rule.
    private const int MaxRawLength = 1024;

    public static async Task<Results<Created<Envelope<SignedInResource>>, Accepted<Envelope<object?>>, StudioProblem>> HandleAsync(
        HttpContext http,
        IAccountStore accounts,
        Passwords passwords,
        SignIn signIn,
        GuestAdoption guests,
        IOptions<AuthOptions> options,
        IMailSender mail,
        RegistrationLetters letters)
    {
        var fields = await BodyFields.ReadAsync(http);
        var email = ReadEmail(fields);
        var name = ReadName(fields, fields.RequiredSecret(MaxRawLength, "username", "user_name"));
        var confirms = options.Value.ConfirmEmail;
        var password = confirms ? fields.Secret("password", MaxRawLength) : fields.RequiredSecret(MaxRawLength, "password");
        if (password is not null) CheckPassword(fields.Faults, "password", password, email?.Text, name?.Text);
        if (fields.Secret("password_confirm", MaxRawLength) is { } again && again != password) fields.Faults.Add("password_confirm", "is not the password.");
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);
        if (confirms) return AskForLetter(new RegistrationWish(email!, name!), mail, letters);

        var made = await CreateAsync(http, new NewAccount(email!, name!, await passwords.HashAsync(password!, http.RequestAborted)), accounts, signIn, guests);
        return made.Result is Created<Envelope<SignedInResource>> created ? created : (StudioProblem)made.Result;
    }

    /// <summary>Makes the account, gives it what its maker did as a guest, and signs in.</summary>
    internal static async Task<Results<Created<Envelope<SignedInResource>>, StudioProblem>> CreateAsync(
        HttpContext http, NewAccount account, IAccountStore accounts, SignIn signIn, GuestAdoption guests)
    {
        var (created, taken) = await accounts.CreateAsync(account, http.RequestAborted);
        if (created is null) return Taken(taken!);

        var adopted = await guests.AdoptAsync(http, created);
        var signedIn = await signIn.OpenAsync(created, http.RequestAborted) with { Adopted = adopted };
        return TypedResults.Created("/api/v1/auth/profile", new Envelope<SignedInResource>(signedIn, "Welcome. Your account is ready."));
    }

    private static Results<Created<Envelope<SignedInResource>>, Accepted<Envelope<object?>>, StudioProblem> AskForLetter(
        RegistrationWish wish, IMailSender mail, RegistrationLetters letters)
    {
        if (!mail.IsReady)
        {
            return StudioProblem.Of(
                ProblemCode.MailUnavailable, "Registering takes a letter, and none leave this studio: its operator has not named a mail server (Studio:Mail:Host).");
        }

        return letters.TryAdd(wish)
            ? TypedResults.Accepted((string?)null, new Envelope<object?>(null, "A letter is on its way to this address. It says how to go on."))
            : StudioProblem.Of(ProblemCode.RateLimited, "Too many people ask for letters at this moment. Try again soon.") with { RetryAfter = TimeSpan.FromSeconds(30) };
    }

    internal static EmailAddress? ReadEmail(BodyFields fields)
    {
        if (fields.RequiredSecret(MaxRawLength, "email") is not { } text) return null;
        if (!EmailAddress.TryParse(text, out var email)) fields.Faults.Add("email", EmailAddress.Rule);
        return email;
    }

    internal static UserName? ReadName(BodyFields fields, string? text)
    {
        if (text is null) return null;
        if (!UserName.TryParse(text, out var name)) fields.Faults.Add("username", UserName.Rule);
        else if (name.IsReserved) fields.Faults.Add("username", UserName.ReservedRule);
        return name;
    }

    internal static void CheckPassword(FaultList faults, string field, string password, params ReadOnlySpan<string?> names)
    {
        if (PasswordRules.Fault(password, names) is { } fault) faults.Add(field, fault);
    }

    internal static StudioProblem Taken(NamesTaken taken)
    {
        var faults = new FaultList();
        if (taken.Email) faults.Add("email", "has an account already. Sign in, or reset its password.");
        if (taken.UserName) faults.Add("username", "is taken, or easily mistaken for one that is. Choose another.");
        return StudioProblem.Validation(faults) with { Status = StatusCodes.Status409Conflict, Code = ProblemCode.Conflict.WireName(), Title = ProblemCode.Conflict.Title() };
    }
}
