using System.Globalization;

namespace PhotoStudio.Benchmarks.Fuzz;

/// <summary><c>fuzz</c>: reads damaged files for a while and prints what came of it, or reads one again.</summary>
public static class FuzzCommand
{
    /// <summary>The first argument.</summary>
    public const string Word = "fuzz";

    private const string Usage = "usage: fuzz [--minutes N] [--files N] [--seed N] [--out folder] | fuzz --replay file";

    /// <summary>Whether the arguments are for the fuzzer, or for the process that it starts.</summary>
    public static bool IsFor(string[] arguments) => arguments is [Word or FuzzChild.Word, ..];

    /// <summary>Runs it; the exit code is 0 when every file ended with a picture or a clear error, 1 when one did not, 2 for bad usage.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(writer);
        if (arguments[0] == FuzzChild.Word) return FuzzChild.Run(arguments, writer);

        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i + 1 < arguments.Length; i += 2) options[arguments[i]] = arguments[i + 1];
        string[] known = ["--minutes", "--files", "--seed", "--out", "--replay"];
        if (arguments.Length % 2 == 0 || options.Keys.Except(known).Any()
            || !TryNumber(options, "--minutes", 1, 1_440, out var minutes)
            || !TryNumber(options, "--files", int.MaxValue, int.MaxValue, out var files)
            || !TryNumber(options, "--seed", Random.Shared.Next(), int.MaxValue, out var seed))
        {
            await writer.WriteLineAsync(Usage);
            return 2;
        }

        if (options.TryGetValue("--replay", out var path))
        {
            var outcome = await FuzzRun.ReplayAsync(path, cancellationToken);
            await writer.WriteLineAsync(outcome);
            return outcome is "decoded" or "refused" ? 0 : 1;
        }

        var folder = options.GetValueOrDefault("--out") ?? Path.Combine(Path.GetTempPath(), "photostudio-fuzz-failures");
        await writer.WriteLineAsync($"seed {seed}; files that end badly go to {folder}");
        TimeSpan? time = options.ContainsKey("--minutes") || !options.ContainsKey("--files") ? TimeSpan.FromMinutes(minutes) : null;
        var report = await new FuzzRun(seed, folder, Math.Max(1, Environment.ProcessorCount)).ReadAsync(files, time, cancellationToken);
        report.Print(writer);
        return report.Failures.Count == 0 ? 0 : 1;
    }

    private static bool TryNumber(Dictionary<string, string> options, string name, int otherwise, int most, out int number)
    {
        number = otherwise;
        return !options.TryGetValue(name, out var text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most);
    }
}
