using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace PhotoStudio.Inference.Endpoints;

/// <summary><c>GET /</c>: what answers here.</summary>
internal static class ShowService
{
    private static readonly string Version =
        typeof(ShowService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Names the service and its endpoints.</summary>
    public static JsonHttpResult<ServiceResource> Handle() => TypedResults.Json(
        new ServiceResource("PhotoStudio inference", Version, ["/runs/{job}-{attempt}", "/engines", "/models", "/health", "/alive"]),
        EndpointJson.Default.ServiceResource);
}

/// <summary>The service.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Endpoints">The paths it answers.</param>
internal sealed record ServiceResource(string Service, string Version, IReadOnlyList<string> Endpoints);
