using System.Globalization;
using PhotoStudio.Tests.Support;

namespace PhotoStudio.Benchmarks.Cluster;

/// <summary>Starts the distributed studio on this machine and keeps it until it is told to end.</summary>
public static class ClusterCommand
{
    /// <summary>The first argument.</summary>
    public const string Word = "cluster";

    private const string Usage = "usage: cluster [--workers N] [--inference N] [--port N] [--data folder]";

    /// <summary>Whether the arguments are for it.</summary>
    public static bool IsFor(string[] arguments) => arguments is [Word, ..];

    /// <summary>Runs it; the exit code is 0 when it was told to end, 1 when it could not start, 2 for bad usage.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(writer);
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i + 1 < arguments.Length; i += 2) options[arguments[i]] = arguments[i + 1];
        if (arguments.Length % 2 == 0 || options.Keys.Except(["--workers", "--inference", "--port", "--data"]).Any()
            || !TryNumber(options, "--workers", 1, 64, out var workers)
            || !TryNumber(options, "--inference", 1, 64, out var inference)
            || !TryNumber(options, "--port", 0, 65_535, out var port))
        {
            await writer.WriteLineAsync(Usage);
            return 2;
        }

        var plan = new ClusterPlan
        {
            Workers = workers,
            Inference = inference,
            Port = port == 0 ? null : port,
            Folder = options.TryGetValue("--data", out var data) ? Path.GetFullPath(data) : null,
        };
        var output = TextWriter.Synchronized(writer);
        try
        {
            await using var taken = Take(plan.Folder);
            var cluster = await StudioCluster.StartAsync(plan, member => output.WriteLine($"{member.Name,-12} {member.Id,7}  {member.Address}"), cancellationToken);
            await using (cluster)
            {
                await output.WriteLineAsync(
                    $"The studio is ready at {cluster.Front.Address}{(plan.Folder is null ? "" : $"; logs are in {Path.Combine(plan.Folder, "logs")}")}. Ctrl+C ends it.");
                await WatchAsync(cluster, output, cancellationToken);
                await output.WriteLineAsync("Ending; what is at work is finished or handed back first.");
            }

            await output.WriteLineAsync("Everything has ended.");
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or TimeoutException)
        {
            await output.WriteLineAsync($"The cluster cannot start: {exception.Message}");
            return 1;
        }
    }

    /// <summary>Two clusters in one folder would ruin each other's files.</summary>
    private static FileStream? Take(string? folder)
    {
        if (folder is null) return null;
        Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException($"another cluster uses {folder}. End it, or choose another folder with --data.", exception);
        }
    }

    /// <summary>Waits for the end, and tells of every service that ends before.</summary>
    private static async Task WatchAsync(StudioCluster cluster, TextWriter output, CancellationToken cancellationToken)
    {
        var services = cluster.Inference.Concat<ServiceProcess>(cluster.Workers).Append(cluster.Front);
        var watched = services.Select(async service =>
        {
            await service.WaitForExitAsync(cancellationToken);
            await output.WriteLineAsync($"Process {service.Id.ToString(CultureInfo.InvariantCulture)} at {service.Address} has ended with {service.ExitCode}.");
        });
        try
        {
            await Task.WhenAll(watched);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // It is told to end.
        }
    }

    private static bool TryNumber(Dictionary<string, string> options, string name, int otherwise, int most, out int number)
    {
        number = otherwise;
        return !options.TryGetValue(name, out var text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most);
    }
}
