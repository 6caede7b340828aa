using System.ComponentModel.DataAnnotations;
using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Api.Auth;

// These describe bodies for the documentation. They are read by Bodies.BodyFields, which takes JSON and forms alike.

/// <summary>An account to register.</summary>
/// <param name="Email">The login name.</param>
/// <param name="Username">The name others see: 3 to 40 letters and digits of one script.</param>
/// <param name="Password">At least eight characters.</param>
/// <param name="PasswordConfirm">The same once more, if at all.</param>
public sealed record RegisterRequest(
    [property: Required, StringLength(EmailAddress.MaxLength)] string Email,
    [property: Required, StringLength(UserName.MaxLength, MinimumLength = UserName.MinLength)] string Username,
    [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength)] string Password,
    string? PasswordConfirm = null);

/// <summary>An address to confirm.</summary>
/// <param name="Token">The token of the letter.</param>
/// <param name="Password">At least eight characters.</param>
/// <param name="Username">Another name than the one that was given first.</param>
public sealed record ConfirmRegistrationRequest(
    [property: Required] string Token,
    [property: Required, StringLength(PasswordRules.MaxLength, MinimumLength = PasswordRules.MinLength)] string Password,
    [property: StringLength(UserName.MaxLength, MinimumLength = UserName.MinLength)] string? Username = null);

/// <summary>Who signs in.</summary>
/// <param name="Email">The login name.</param>
/// <param name="Password">The password.</param>
public sealed record LoginRequest([property: Required] string Email, [property: Required] string Password);

/// <summary>A refresh token to exchange.</summary>
/// <param name="RefreshToken">The one that was handed out last.</param>
public sealed record RefreshRequest([property: Required] string RefreshToken);

/// <summary>A password to change.</summary>
/// <param name="OldPassword">The present one; <c>current_password</c> means the same.</param>
/// <param name="NewPassword">The next one.</param>
/// <param name="RevokeKeys">Whether API and service keys end too.</param>
public sealed record ChangePasswordRequest([property: Required] string OldPassword, [property: Required] string NewPassword, bool RevokeKeys = false);

/// <summary>Whose password is forgotten.</summary>
/// <param name="Email">The login name.</param>
public sealed record ForgotPasswordRequest([property: Required] string Email);

/// <summary>A password to set by a token from a letter.</summary>
/// <param name="Token">The token.</param>
/// <param name="NewPassword">The next password; <c>password</c> means the same.</param>
public sealed record ResetPasswordRequest([property: Required] string Token, [property: Required] string NewPassword);

/// <summary>Which tokens to end.</summary>
/// <param name="RevokeKeys">Whether API and service keys end too.</param>
public sealed record LogoutEverywhereRequest(bool RevokeKeys = false);

/// <summary>A change of the profile; what is absent stays.</summary>
/// <param name="Username">Another name.</param>
/// <param name="Bio">At most 1,000 characters.</param>
/// <param name="PreferredStyles">At most 50 names of styles.</param>
public sealed record UpdateProfileRequest(string? Username, [property: StringLength(1000)] string? Bio, IReadOnlyList<string>? PreferredStyles);

/// <summary>An account to delete.</summary>
/// <param name="Password">The password; needed unless one signed in within the last ten minutes.</param>
public sealed record DeleteAccountRequest(string? Password);
