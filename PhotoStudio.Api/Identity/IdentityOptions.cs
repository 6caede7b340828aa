namespace PhotoStudio.Api.Identity;

/// <summary>Who may call. Section <c>Studio</c>.</summary>
public sealed class IdentityOptions
{
    /// <summary>
    /// Whether callers without a token are admitted as guests. When it is not set: everywhere but in Production.
    /// </summary>
    public bool? Guests { get; set; }

    /// <summary>How long a guest's cookie lives.</summary>
    public TimeSpan GuestCookieLifetime { get; set; } = TimeSpan.FromDays(365);
}
