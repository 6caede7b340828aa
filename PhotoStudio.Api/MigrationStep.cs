using PhotoStudio.Backings;
using PhotoStudio.Core;
using PhotoStudio.ServiceDefaults;
using PhotoStudio.ServiceDefaults.Startup;

namespace PhotoStudio.Api;

/// <summary>
/// <c>PhotoStudio.Api --migrate</c>: brings the database up to date and ends, for deployments where that is a step of its own, under a
/// user who may change tables. The services then run with <c>Studio:Database:Migrate=false</c>.
/// </summary>
internal static class MigrationStep
{
    private const string Switch = "--migrate";

    /// <summary>Whether a command line asks for the step.</summary>
    public static bool IsFor(string[] args) => args.Contains(Switch, StringComparer.Ordinal);

    /// <summary>Runs it. Any setting may stand beside the switch as <c>--Section:Key=value</c>.</summary>
    /// <returns>The exit code: 0 when the database is up to date.</returns>
    public static Task<int> RunAsync(string[] args) => ServiceRun.RunStepAsync(
        () =>
        {
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
            builder.Configuration.AddCommandLine([.. args.Where(argument => argument != Switch)]);
            builder.AddServiceDefaults();
            builder.AddDatabaseStep();
            return builder.Build();
        },
        "The database is up to date.",
        typeof(StorageException));
}
