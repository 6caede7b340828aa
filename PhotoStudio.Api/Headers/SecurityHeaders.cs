namespace PhotoStudio.Api.Headers;

/// <summary>
/// Headers that keep a browser from misreading an answer (<c>nosniff</c>), from passing a signed URL on to another site
/// (<c>no-referrer</c>), and from framing the studio's pages.
/// </summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app) => app.Use(static (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "SAMEORIGIN";
        return next(context);
    });
}
