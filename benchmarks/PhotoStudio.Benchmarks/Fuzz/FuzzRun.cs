using System.Diagnostics;
using System.Globalization;
using PhotoStudio.Imaging.Vips;

namespace PhotoStudio.Benchmarks.Fuzz;

/// <summary>Has processes read damaged files, watches them, and starts another one where one dies or hangs.</summary>
/// <param name="seed">Says which files.</param>
/// <param name="failures">A folder for the files that end badly.</param>
/// <param name="workers">How many processes read at the same time.</param>
public sealed class FuzzRun(int seed, string failures, int workers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FuzzReport _report = new();

    /// <summary>Reads files until so many are read or the time is over.</summary>
    public async Task<FuzzReport> ReadAsync(int files, TimeSpan? time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("photostudio-fuzz-").FullName;
        try
        {
            FuzzSeeds.Write(folder, new VipsPictureCodec());
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (time is { } length) over.CancelAfter(length);
            await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => WorkAsync(worker, folder, files, over.Token)));
            return _report;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Reads one file in a process of its own and answers how that ended.</summary>
    public static async Task<string> ReplayAsync(string path, CancellationToken cancellationToken)
    {
        using var child = Start(FuzzChild.Word, path);
        var errors = child.StandardError.ReadToEndAsync(cancellationToken);
        var output = await child.StandardOutput.ReadToEndAsync(cancellationToken);
        await child.WaitForExitAsync(cancellationToken);
        return child.ExitCode == 0 ? output.Trim() : $"crashed with {child.ExitCode}: {await errors}";
    }

    private async Task WorkAsync(int worker, string folder, int files, CancellationToken cancellationToken)
    {
        var made = new FuzzFiles(FuzzSeeds.Read(folder), seed);
        for (var next = worker; next < files && !cancellationToken.IsCancellationRequested;)
        {
            using var child = Start(
                [FuzzChild.Word, folder, .. ((int[])[seed, next, workers, files]).Select(number => number.ToString(CultureInfo.InvariantCulture))]);
            var errors = Tail(child.StandardError);
            var (begun, hung) = await ListenAsync(child, worker, made, cancellationToken);
            if (!child.HasExited && (hung || cancellationToken.IsCancellationRequested)) child.Kill();
            await child.WaitForExitAsync(CancellationToken.None);
            if (cancellationToken.IsCancellationRequested || (child.ExitCode == 0 && begun is null)) return;
            if (begun is not { } index) throw new InvalidOperationException($"The process that reads damaged files ended: {await errors}");

            var outcome = hung ? FuzzOutcome.Hung : FuzzOutcome.Crashed;
            Fail(made, index, outcome, hung ? $"no end after {Patience.TotalSeconds} s" : $"exit code {child.ExitCode}: {await errors}");
            _report.Add(made[index].Format, outcome, 0);
            next = index + workers;
        }
    }

    /// <summary>Hears a process out; answers the file it was reading when it went silent.</summary>
    private async Task<(int? Begun, bool Hung)> ListenAsync(Process child, int worker, FuzzFiles made, CancellationToken cancellationToken)
    {
        int? begun = null;
        while (true)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            string? line;
            try
            {
                line = await child.StandardOutput.ReadLineAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                return (begun, Hung: !cancellationToken.IsCancellationRequested);
            }

            if (line is null) return (begun, Hung: false);

            var words = line.Split(' ', 4);
            var index = int.Parse(words[1], CultureInfo.InvariantCulture);
            if (words[0] == ">")
            {
                begun = index;
            }
            else if (words[0] == "m")
            {
                var (bytes, objects) = (long.Parse(words[2], CultureInfo.InvariantCulture), int.Parse(words[3], CultureInfo.InvariantCulture));
                _report.Add(new FuzzMemory(worker, index, bytes, objects));
            }
            else
            {
                begun = null;
                var outcome = words[3] switch
                {
                    "decoded" => FuzzOutcome.Decoded,
                    "refused" => FuzzOutcome.Refused,
                    _ => FuzzOutcome.Broken,
                };
                _report.Add(made[index].Format, outcome, double.Parse(words[2], CultureInfo.InvariantCulture));
                if (outcome == FuzzOutcome.Broken) Fail(made, index, outcome, words[3]);
            }
        }
    }

    private void Fail(FuzzFiles made, int index, FuzzOutcome outcome, string message)
    {
        var (format, file) = made[index];
        Directory.CreateDirectory(failures);
        var path = Path.Combine(failures, $"{format}-{seed}-{index}-{outcome}.bin");
        File.WriteAllBytes(path, file);
        _report.Add(new FuzzFailure(format, index, outcome, message, path));
    }

    private static Process Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(FuzzRun).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What a container of the studio runs with.
        start.Environment["MALLOC_ARENA_MAX"] = "2";
        return Process.Start(start)!;
    }

    /// <summary>The last lines of an output, which has to be read for the process to go on.</summary>
    private static async Task<string> Tail(StreamReader reader)
    {
        var lines = new Queue<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
            if (lines.Count > 20) lines.Dequeue();
        }

        return string.Join(" | ", lines);
    }
}
