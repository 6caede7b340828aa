using System.Diagnostics;
using System.Globalization;
using PhotoStudio.Core.Assistant.Local;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>
/// How long the local assistant takes to load and to answer a first message, in processes of their own that have done nothing else: whoever
/// measures it in a process that has warmed up measures something else.
/// </summary>
public static class AssistantLoad
{
    private const string Word = "assistant-load";
    private const int Processes = 7;

    /// <summary>Whether the arguments are those of such a process.</summary>
    public static bool IsFor(string[] arguments) => arguments is [Word];

    /// <summary>What such a process does: it loads, answers, and prints the milliseconds of both.</summary>
    public static int RunChild(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var began = Stopwatch.GetTimestamp();
        var assistant = new LocalAssistant();
        assistant.Plan(new("remove the background"));
        writer.WriteLine(Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>The median and the quickest of several processes, in milliseconds.</summary>
    public static (double Median, double Quickest) Measure()
    {
        var times = Enumerable.Range(0, Processes).Select(_ => Once()).Order().ToList();
        return (times[times.Count / 2], times[0]);
    }

    private static double Once()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(AssistantLoad).Assembly.Location);
        start.ArgumentList.Add(Word);
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(printed, CultureInfo.InvariantCulture);
    }
}
