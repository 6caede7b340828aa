using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace PhotoStudio.Api.Identity;

/// <summary>Wires authentication. Every endpoint needs a caller unless it says <c>AllowAnonymous</c>.</summary>
internal static class IdentityServices
{
    public static void AddStudioIdentity(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<IdentityOptions>()
            .Bind(builder.Configuration.GetSection("Studio"))
            .Validate(options => options.GuestCookieLifetime > TimeSpan.Zero, "Studio:GuestCookieLifetime must be longer than zero.")
            .ValidateOnStart();

        // Not AddAuthentication: that adds data protection, which nothing here uses and which writes keys under the home folder.
        builder.Services.AddAuthenticationCore(options => options.DefaultScheme = StudioAuthentication.SchemeName);
        builder.Services.AddWebEncoders();
        new AuthenticationBuilder(builder.Services)
            .AddScheme<AuthenticationSchemeOptions, StudioAuthentication>(StudioAuthentication.SchemeName, null);
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
