using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using PhotoStudio.ServiceDefaults.Configuration;
using PhotoStudio.ServiceDefaults.Health;
using PhotoStudio.ServiceDefaults.Startup;
using PhotoStudio.ServiceDefaults.Telemetry;

namespace PhotoStudio.ServiceDefaults;

/// <summary>What every service of the studio has: environment aliases, telemetry and health. Defaults only.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds the defaults. Call it first: the environment aliases have to be known before anything reads a setting.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Configuration.AddLogLevels();
        builder.Configuration.AddEnvironmentAliases();
        HostLog.AddTo(builder);
        builder.AddStudioTelemetry();
        builder.Services.AddStudioHealth();
        return builder;
    }

    /// <summary>Maps <c>/health</c> and <c>/alive</c>.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.MapStudioHealth();
        return app;
    }
}
