using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace PhotoStudio.ServiceDefaults.Telemetry;

/// <summary>
/// Names the server span of a request after its route and gives it the tags of OpenTelemetry's semantic conventions for
/// HTTP servers, which the framework's own span lacks. The query is left out: it may carry a signature.
/// </summary>
internal static class RequestSpan
{
    /// <summary>The middleware. It stands before everything else, so that the final status is known when it looks.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var activity = context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (activity is not { IsAllDataRequested: true })
        {
            await next(context);
            return;
        }

        if (IsProbe(context.Request.Path))
        {
            // The platform asks every few seconds; such spans only hide the others.
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            activity.SetTag("error.type", exception.GetType().FullName);
            activity.SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            Describe(activity, context);
        }
    }

    private static bool IsProbe(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/alive", StringComparison.OrdinalIgnoreCase);

    private static void Describe(Activity activity, HttpContext context)
    {
        var request = context.Request;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        if (route is { Length: > 0 } && route[0] != '/') route = "/" + route;

        activity.DisplayName = route is null ? request.Method : $"{request.Method} {route}";
        activity.SetTag("http.request.method", request.Method);
        activity.SetTag("url.scheme", request.Scheme);
        activity.SetTag("url.path", request.Path.Value);
        activity.SetTag("server.address", request.Host.Host);
        if (request.Host.Port is { } port) activity.SetTag("server.port", port);
        if (route is not null) activity.SetTag("http.route", route);
        if (request.Headers.UserAgent is [{ Length: > 0 } agent, ..]) activity.SetTag("user_agent.original", agent);

        var status = context.Response.StatusCode;
        activity.SetTag("http.response.status_code", status);
        if (status < StatusCodes.Status500InternalServerError) return;
        activity.SetStatus(ActivityStatusCode.Error);
        if (activity.GetTagItem("error.type") is null) activity.SetTag("error.type", status.ToString());
    }
}

/// <summary>Puts <see cref="RequestSpan"/> before every other middleware.</summary>
internal sealed class RequestSpanStartup : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(RequestSpan.InvokeAsync);
        next(app);
    };
}
