using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace PhotoStudio.ServiceDefaults.Startup;

/// <summary>
/// A service's run from its start to its end. A start that fails is told to the operator in one line: which setting makes no
/// sense, which port is taken, which folder cannot be written. A fault of the program comes with its stack trace.
/// </summary>
public static class ServiceRun
{
    /// <summary>The exit code of a service that could not start.</summary>
    public const int CannotStart = 1;

    /// <summary>Builds a service and runs it until it is told to end.</summary>
    /// <param name="build">Builds the service.</param>
    /// <param name="forOperators">Exceptions of the service whose message says all that an operator needs.</param>
    /// <returns>The exit code: 0, or <see cref="CannotStart"/>.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build, params Type[] forOperators)
    {
        ArgumentNullException.ThrowIfNull(build);
        var started = false;
        try
        {
            await using var service = build();
            await StartAsync(service);
            started = true;
            await service.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (!started)
        {
            await Console.Error.WriteLineAsync($"PhotoStudio cannot start: {Describe(exception, forOperators)}");
            return CannotStart;
        }
    }

    /// <summary>
    /// Builds a host whose start is all its work, such as bringing a database up to date, and ends it when it has started.
    /// </summary>
    /// <param name="build">Builds the host.</param>
    /// <param name="done">What standard output says when the work is done.</param>
    /// <param name="forOperators">Exceptions of the step whose message says all that an operator needs.</param>
    /// <returns>The exit code: 0, or <see cref="CannotStart"/>.</returns>
    public static async Task<int> RunStepAsync(Func<IHost> build, string done, params Type[] forOperators)
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            using var step = build();
            await StartAsync(step);
            await step.StopAsync();
            await Console.Out.WriteLineAsync(done);
            return 0;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"PhotoStudio cannot start: {Describe(exception, forOperators)}");
            return CannotStart;
        }
    }

    private static async Task StartAsync(IHost service)
    {
        var log = service.Services.GetRequiredService<HostLog>();
        log.IsQuiet = true;
        try
        {
            await service.StartAsync();
        }
        finally
        {
            log.IsQuiet = false;
        }

        // A loop that failed at once was held back with the rest of the host's log.
        foreach (var part in service.Services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            if (part.ExecuteTask is { IsFaulted: true } failure) await failure;
        }
    }

    private static string Describe(Exception exception, Type[] forOperators) => exception switch
    {
        _ when forOperators.Contains(exception.GetType()) => exception.Message,
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),
        IOException { InnerException: AddressInUseException } => $"{exception.Message} Choose another port (--port, ASPNETCORE_URLS).",
        InvalidOperationException or IOException or UnauthorizedAccessException or ArgumentException or FormatException => exception.Message,
        AggregateException { InnerExceptions: [var only] } => Describe(only, forOperators),
        AggregateException { InnerExceptions: var several } when several.All(one => one is OptionsValidationException) =>
            string.Join(" ", several.Select(one => Describe(one, forOperators))),
        _ => exception.ToString(),
    };
}
