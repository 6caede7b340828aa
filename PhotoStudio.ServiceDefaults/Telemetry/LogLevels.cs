using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace PhotoStudio.ServiceDefaults.Telemetry;

/// <summary>How much is logged unless the configuration (<c>Logging:LogLevel:…</c>) says otherwise.</summary>
internal static class LogLevels
{
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Information",
        // A line for every request and every statement hides the lines that matter.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        // The framework writes two lines for every request that is refused here.
        ["Logging:LogLevel:PhotoStudio.Api.Identity.StudioAuthentication"] = "Warning",
    };

    /// <summary>Adds the defaults below every other source.</summary>
    public static void AddLogLevels(this IConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
}
