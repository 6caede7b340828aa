using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PhotoStudio.ServiceDefaults.Startup;

/// <summary>The generic host's own log. It is quiet while <see cref="ServiceRun"/>, which tells what went wrong, starts the host.</summary>
internal sealed class HostLog
{
    private const string Category = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile bool _isQuiet;

    /// <summary>Whether the host's log is held back.</summary>
    public bool IsQuiet
    {
        get => _isQuiet;
        set => _isQuiet = value;
    }

    /// <summary>Lets the host's warnings and errors through, except while it is quiet.</summary>
    public static void AddTo(IHostApplicationBuilder builder)
    {
        var log = new HostLog();
        builder.Services.AddSingleton(log);
        builder.Logging.AddFilter(Category, level => level >= LogLevel.Warning && !log.IsQuiet);
    }
}
