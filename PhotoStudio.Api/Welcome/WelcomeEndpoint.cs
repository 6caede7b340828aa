using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Api.Json;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Welcome;

/// <summary><c>GET /</c>: the endpoints as JSON, or a page for a browser.</summary>
internal static class WelcomeEndpoint
{
    private static readonly string Version =
        typeof(WelcomeEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static readonly Dictionary<string, string> Documentation = new(StringComparer.Ordinal)
    {
        ["openapi"] = "/openapi.json",
        ["swagger"] = "/swagger/",
        ["redoc"] = "/redoc/",
    };

    public static void AddWelcome(this IHostApplicationBuilder builder) => builder.Services.AddJsonContext(WelcomeJson.Default);

    public static void MapWelcome(this IEndpointRouteBuilder routes) => routes.MapGet("/", Welcome)
        .AllowAnonymous()
        .WithName("Welcome")
        .WithTags("Service")
        .WithSummary("The studio's endpoints");

    private static Results<Ok<WelcomeResource>, ContentHttpResult> Welcome(HttpContext http, EndpointDataSource endpoints)
    {
        var welcome = new WelcomeResource(
            "PhotoStudio",
            Version,
            "Welcome. Send a photo to one of the operations, or read on at /swagger/.",
            Documentation,
            Group(endpoints),
            [.. OperationCatalog.All.Select(operation => operation.Name)]);
        http.Response.Headers.Vary = "Accept";
        if (!WantsPage(http.Request)) return TypedResults.Ok(welcome);

        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return TypedResults.Content(WelcomePage.Render(welcome, $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}"), "text/html; charset=utf-8");
    }

    private static bool WantsPage(HttpRequest request)
    {
        double page = 0, json = 0;
        foreach (var range in MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var ranges) ? ranges : [])
        {
            if (range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)) page = range.Quality ?? 1;
            if (range.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)) json = range.Quality ?? 1;
        }

        return page > json;
    }

    /// <summary>The mapped endpoints by their tag, as <c>METHOD /path</c>.</summary>
    private static SortedDictionary<string, IReadOnlyList<string>> Group(EndpointDataSource endpoints)
    {
        var found = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true })
            .Select(endpoint => (
                Tag: endpoint.Metadata.GetMetadata<ITagsMetadata>()?.Tags is [var tag, ..] ? tag : null,
                Methods: endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [],
                Path: "/" + endpoint.RoutePattern.RawText?.Trim('/')))
            .Where(endpoint => endpoint.Tag is not null)
            .GroupBy(endpoint => endpoint.Tag!, StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(
                group.Key.ToLowerInvariant(),
                (IReadOnlyList<string>)[.. group.SelectMany(endpoint => endpoint.Methods.Select(method => $"{method} {Plain(endpoint.Path)}")).Distinct().Order(StringComparer.Ordinal)]));
        return new SortedDictionary<string, IReadOnlyList<string>>(found.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static string Plain(string path) => path.Replace(":guid", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);
}
