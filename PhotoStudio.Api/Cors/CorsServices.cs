using PhotoStudio.Api.Identity;

namespace PhotoStudio.Api.Cors;

/// <summary>
/// Which web pages of other origins may call the studio: those of <c>Studio:Cors:Origins</c>, none by default. <c>*</c> lets
/// every page call it, without cookies.
/// </summary>
internal static class CorsServices
{
    public const string OriginsSetting = "Studio:Cors:Origins";

    private static readonly string[] Exposed =
    [
        "Location", "ETag", "Retry-After", "RateLimit", "RateLimit-Policy", "Preference-Applied", "Content-Disposition", "Accept-Ranges", "Content-Range",
        "X-Studio-Engine", "X-Studio-Seed", "X-Studio-Job", "X-Studio-Pipeline", "X-Studio-Batch", "X-Studio-Confidence", GuestIds.Header,
    ];

    public static void AddStudioCors(this IHostApplicationBuilder builder) => builder.Services.AddCors();

    public static void UseStudioCors(this WebApplication app)
    {
        var origins = Origins(app.Configuration);
        if (origins.Count == 0) return;
        foreach (var origin in origins.Where(origin => origin != "*"))
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin)
                throw new InvalidOperationException($"{OriginsSetting}: '{origin}' is no origin; write it as https://host[:port], without a path.");
        }

        app.UseCors(policy =>
        {
            policy.AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(Exposed).SetPreflightMaxAge(TimeSpan.FromHours(1));
            if (origins.Contains("*")) policy.AllowAnyOrigin();
            else policy.WithOrigins([.. origins]).AllowCredentials();
        });
    }

    // As a list (Origins:0, Origins:1…) or in one value with commas.
    private static List<string> Origins(IConfiguration configuration)
    {
        var section = configuration.GetSection(OriginsSetting);
        var written = section.Get<string[]>() ?? section.Value?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];
        return [.. written.Select(origin => origin.Trim().TrimEnd('/')).Where(origin => origin.Length > 0)];
    }
}
