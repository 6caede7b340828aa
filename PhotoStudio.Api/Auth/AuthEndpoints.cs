using Microsoft.Extensions.Options;
using PhotoStudio.Api.Auth.Tokens;
using PhotoStudio.Api.Json;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth;

/// <summary>Accounts and their tokens: <c>/api/v1/auth</c>.</summary>
internal static class AuthEndpoints
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data";

    public static void AddAccounts(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptions.Validator>();
        services.AddSingleton<TokenKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<PasswordGate>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<GuestAdoption>();
        services.AddSingleton<ITokenAuthenticator, AccountAuthenticator>();
        services.AddSingleton<ITokenAuthenticator, ApiKeyAuthenticator>();
        services.AddSingleton<ITokenAuthenticator, ExternalAuthenticator>();
        services.AddSingleton<ResetLetters>();
        services.AddHostedService(provider => provider.GetRequiredService<ResetLetters>());
        services.AddSingleton<RegistrationTokens>();
        services.AddSingleton<RegistrationLetters>();
        services.AddHostedService(provider => provider.GetRequiredService<RegistrationLetters>());
        services.AddHostedService<FirstAdmin>();
        services.AddJsonContext(AuthJson.Default);
    }

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/api/v1/auth").WithTags("Accounts");
        auth.MapPost("/register", Register.HandleAsync)
            .AllowAnonymous()
            .TakesFields<RegisterRequest>()
            .WithName("Register")
            .WithSummary("Registers an account and signs in")
            .WithDescription("What the client did as a guest (cookie or `X-Guest-Id`) becomes the account's. 409 when the e-mail address is registered, or the name is taken or looks like one that is. Where the studio confirms addresses (`Studio:Auth:ConfirmEmail`): 202 whoever has the address, and a letter to it.");
        auth.MapPost("/register/confirm", ConfirmRegistration.HandleAsync)
            .AllowAnonymous()
            .TakesFields<ConfirmRegistrationRequest>()
            .WithName("ConfirmRegistration")
            .WithSummary("Registers the account whose address a letter's token confirms, and signs in")
            .WithDescription("Only where the studio confirms addresses are there such letters. `username` chooses another name than the one that was given first.");
        auth.MapPost("/login", Login.HandleAsync)
            .AllowAnonymous()
            .TakesFields<LoginRequest>()
            .WithName("Login")
            .WithSummary("Signs in by e-mail address and password")
            .WithDescription("401 `invalid_credentials` whether the address or the password is wrong; 429 with `Retry-After` after too many wrong ones.");
        auth.MapPost("/refresh", Refresh.HandleAsync)
            .AllowAnonymous()
            .TakesFields<RefreshRequest>()
            .WithName("RefreshTokens")
            .WithSummary("Exchanges a refresh token for the next access and refresh token")
            .WithDescription("A refresh token works once. Used a second time it ends the session, for then it was copied.");
        auth.MapPost("/logout", Logout.HandleAsync)
            .WithName("Logout")
            .WithSummary("Ends this session and all its tokens");
        auth.MapPost("/logout-everywhere", Logout.EverywhereAsync)
            .TakesFields<LogoutEverywhereRequest>()
            .WithName("LogoutEverywhere")
            .WithSummary("Ends every session of the account");
        auth.MapPost("/change-password", ChangePassword.HandleAsync)
            .TakesFields<ChangePasswordRequest>()
            .WithName("ChangePassword")
            .WithSummary("Changes the password, ends every token, and signs in anew");
        auth.MapPost("/forgot-password", ForgotPassword.HandleAsync)
            .AllowAnonymous()
            .TakesFields<ForgotPasswordRequest>()
            .WithName("ForgotPassword")
            .WithSummary("Sends a letter with a reset token")
            .WithDescription("The answer is the same whether or not there is such an account. At most three letters an hour go to one.");
        auth.MapPost("/reset-password", ResetPassword.HandleAsync)
            .AllowAnonymous()
            .TakesFields<ResetPasswordRequest>()
            .WithName("ResetPassword")
            .WithSummary("Sets a new password by a reset token")
            .WithDescription("The token works once. Every session and key of the account ends.");
        auth.MapGet("/profile", ShowProfile.HandleAsync).WithName("ShowProfile").WithSummary("The account and its profile");
        auth.MapPut("/profile", UpdateProfile.HandleAsync)
            .TakesFields<UpdateProfileRequest>()
            .WithName("UpdateProfile")
            .WithSummary("Changes the profile");
        auth.MapPatch("/profile", UpdateProfile.HandleAsync)
            .TakesFields<UpdateProfileRequest>()
            .WithName("PatchProfile")
            .WithSummary("Changes the profile");
        auth.MapGet("/profile/details", ShowProfile.DetailsAsync)
            .WithName("ShowProfileDetails")
            .WithSummary("The account with its profile and figures");
        auth.MapGet("/export", ExportAccount.HandleAsync)
            .Produces(StatusCodes.Status200OK, responseType: null, contentType: "application/json")
            .WithName("ExportAccount")
            .WithSummary("Everything the studio keeps for the account, as one file");
        auth.MapDelete("/account", DeleteAccount.HandleAsync)
            .TakesFields<DeleteAccountRequest>()
            .WithName("DeleteAccount")
            .WithSummary("Deletes the account and everything of it")
            .WithDescription("Takes the password, unless one signed in within the last ten minutes.");
    }

    /// <summary>The body has these fields, as JSON or as a form.</summary>
    internal static RouteHandlerBuilder TakesFields<TFields>(this RouteHandlerBuilder endpoint)
        where TFields : notnull =>
        endpoint.Accepts<TFields>(isOptional: true, "application/json", Form, Multipart).DisableAntiforgery();
}
