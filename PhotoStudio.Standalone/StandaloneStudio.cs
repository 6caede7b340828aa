using PhotoStudio.Api;
using PhotoStudio.Backings;
using PhotoStudio.Backings.Inference;
using PhotoStudio.Inference;
using PhotoStudio.ServiceDefaults;
using PhotoStudio.Worker;

namespace PhotoStudio.Standalone;

/// <summary>
/// The zero-set-up studio: API, worker and inference in one process on embedded backings. The services talk through the
/// same ports as when they are apart; here a port is a direct call. Only inference may be elsewhere, on a machine with a GPU for
/// example: when the configuration names its address, it is called over HTTP.
/// </summary>
public static class StandaloneStudio
{
    /// <summary>The port it listens on unless told otherwise.</summary>
    public const int DefaultPort = 8000;

    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["--port"] = "Studio:Port",
        ["--data"] = "Studio:Data",
    };

    /// <summary>Builds the studio.</summary>
    /// <param name="args">The command line: <c>--port N</c>, <c>--data DIR</c>, and any setting as <c>--Section:Key value</c>.</param>
    /// <param name="configure">Runs after everything is registered; for tests.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddCommandLine(args, Switches);
        builder.AddServiceDefaults();
        builder.AddStudioBackings();
        if (InferenceAddresses.From(builder.Configuration) is null) builder.AddStudioInference();
        builder.AddStudioWorker();
        builder.AddStudioApi();
        configure?.Invoke(builder);

        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
            builder.WebHost.UseUrls($"http://localhost:{builder.Configuration.GetValue("Studio:Port", DefaultPort)}");

        var app = builder.Build();
        app.MapServiceDefaults();
        app.MapStudioApi();
        return app;
    }
}
