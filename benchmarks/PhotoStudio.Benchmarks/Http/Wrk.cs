using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PhotoStudio.Benchmarks.Http;

/// <summary>Debian's wrk: drives an address with connections that stay open and prints what came back.</summary>
internal static partial class Wrk
{
    /// <summary>What one run measured.</summary>
    /// <param name="RequestsPerSecond">Answers a second.</param>
    /// <param name="Median">The median latency, in milliseconds.</param>
    /// <param name="P99">The 99th percentile, in milliseconds.</param>
    /// <param name="Failed">Answers with another status than 2xx or 3xx, and broken connections.</param>
    internal sealed record Result(double RequestsPerSecond, double Median, double P99, int Failed);

    /// <summary>Posts JSON bodies in turn.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="bodies">The bodies.</param>
    /// <param name="connections">How many connections are open.</param>
    /// <param name="seconds">How long, in seconds.</param>
    public static Result Post(Uri address, IReadOnlyList<string> bodies, int connections, int seconds)
    {
        var script = Path.GetTempFileName();
        try
        {
            File.WriteAllText(script, Script(bodies));
            ProcessStartInfo start = new("wrk") { RedirectStandardOutput = true, UseShellExecute = false };
            foreach (var argument in (string[])["--threads", "1", "--connections", Text(connections), "--duration", $"{seconds}s", "--timeout", "10s", "--latency", "--script", script, address.ToString()])
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new InvalidOperationException($"wrk failed: {output}");
            return Read(output);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static Result Read(string output)
    {
        var failed = Failures().Match(output) is { Success: true } statuses ? int.Parse(statuses.Groups["count"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        foreach (Match broken in BrokenConnections().Matches(output)) failed += int.Parse(broken.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return new(
            double.Parse(Rate().Match(output).Groups["rate"].ValueSpan, CultureInfo.InvariantCulture),
            Milliseconds(output, "50%"),
            Milliseconds(output, "99%"),
            failed);
    }

    private static double Milliseconds(string output, string percentile)
    {
        var match = Regex.Match(output, percentile + @"\s+(?<value>[\d.]+)(?<unit>us|ms|s|m)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
        var value = double.Parse(match.Groups["value"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch { "us" => value / 1000, "ms" => value, "s" => value * 1000, _ => value * 60_000 };
    }

    private static string Script(IReadOnlyList<string> bodies)
    {
        var script = new StringBuilder("local bodies = {\n");
        foreach (var body in bodies) script.Append("  [==[").Append(body).Append("]==],\n");
        script.Append("}\nlocal at = 0\nwrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.headers['X-Guest-Id'] = 'be0c4be0c4be0c4be0c4be0c4be0c40a'\n");
        script.Append("function request()\n  at = at % #bodies + 1\n  return wrk.format(nil, nil, nil, bodies[at])\nend\n");
        return script.ToString();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Rate();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (?<count>\d+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Failures();

    [GeneratedRegex(@"(connect|read|write|timeout) (?<count>\d+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex BrokenConnections();
}
