using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace PhotoStudio.ServiceDefaults.Startup;

/// <summary>How every service of the studio begins.</summary>
public static class ServiceBuilder
{
    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["--port"] = "Studio:Port",
        ["--data"] = "Studio:Data",
    };

    /// <summary>
    /// A service that listens where <c>ASPNETCORE_URLS</c> or <c>ASPNETCORE_HTTP_PORTS</c> say, or else on <c>--port N</c> of localhost. It takes
    /// its content from beside its assembly, wherever it is started from.
    /// </summary>
    /// <param name="args">The command line: <c>--port N</c>, <c>--data DIR</c>, and any setting as <c>--Section:Key value</c>.</param>
    /// <param name="defaultPort">The port unless one is named.</param>
    public static WebApplicationBuilder Create(string[] args, int defaultPort)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddCommandLine(args, Switches);
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null && builder.Configuration[WebHostDefaults.HttpPortsKey] is null)
            builder.WebHost.UseUrls($"http://localhost:{builder.Configuration.GetValue("Studio:Port", defaultPort)}");
        return builder;
    }
}
