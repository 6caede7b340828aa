using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PhotoStudio.ServiceDefaults.Health;

/// <summary>
/// <c>/health</c> says whether the service can do its work, part by part; <c>/alive</c> says only that the process answers.
/// A part is an <see cref="IHealthCheck"/> added with <see cref="AddStudioPart{TCheck}"/>.
/// </summary>
public static class HealthExtensions
{
    /// <summary>How long one part may take before it counts as unhealthy.</summary>
    public static readonly TimeSpan PartTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the report that <c>/health</c> shows.</summary>
    public static IServiceCollection AddStudioHealth(this IServiceCollection services)
    {
        services.AddHealthChecks();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HealthReporter>();
        return services;
    }

    /// <summary>Adds a part to <c>/health</c>. A part that is there already, by name, stays.</summary>
    /// <param name="services">The service's registrations.</param>
    /// <param name="name">The part's name in the report, such as <c>database</c>.</param>
    /// <param name="failure">What it means for the service when the check throws.</param>
    public static IServiceCollection AddStudioPart<TCheck>(
        this IServiceCollection services,
        string name,
        HealthStatus failure = HealthStatus.Unhealthy)
        where TCheck : class, IHealthCheck
    {
        services.Configure<HealthCheckServiceOptions>(options =>
        {
            if (options.Registrations.Any(known => known.Name == name)) return;
            options.Registrations.Add(new HealthCheckRegistration(
                name,
                provider => ActivatorUtilities.GetServiceOrCreateInstance<TCheck>(provider),
                failure,
                tags: null,
                PartTimeout));
        });
        return services;
    }

    /// <summary>Maps <c>/health</c> and <c>/alive</c>, in every environment: probes of the platform need them.</summary>
    public static IEndpointRouteBuilder MapStudioHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", Ready)
            .WithName("Health")
            .WithTags("Service")
            .WithSummary("Whether the studio can work, part by part")
            .WithDescription("200 when healthy or degraded, 503 when unhealthy. A degraded studio still takes and finishes jobs, but not all of them.")
            .AllowAnonymous();
        routes.MapGet("/api/health", Ready)
            .WithName("ApiHealth")
            .WithTags("Service")
            .WithSummary("The same as /health, where clients of the restoration endpoints look for it")
            .AllowAnonymous();
        routes.MapGet("/alive", Live)
            .WithName("Alive")
            .WithTags("Service")
            .WithSummary("Whether the process answers")
            .AllowAnonymous();
        return routes;
    }

    private static async Task<JsonHttpResult<HealthBody>> Ready(
        HttpResponse response,
        HealthReporter reporter,
        CancellationToken cancellationToken)
    {
        var body = await reporter.ReportAsync(cancellationToken);
        response.Headers.CacheControl = "no-store";
        var status = body.Status == HealthBody.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return TypedResults.Json(body, HealthJsonContext.Default.HealthBody, statusCode: status);
    }

    private static JsonHttpResult<HealthBody> Live(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            new HealthBody(HealthBody.Healthy, "The process answers.", new Dictionary<string, HealthPart>(StringComparer.Ordinal)),
            HealthJsonContext.Default.HealthBody);
    }
}
