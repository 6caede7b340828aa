using System.Diagnostics;
using Shouldly;

namespace PhotoStudio.Tests.Support;

/// <summary>Programs of others that the tests compare with; <c>./studio test</c> fetches them (build/studio/tools.sh).</summary>
internal static class CommandLine
{
    /// <summary>Runs a program and answers what it printed.</summary>
    public static async Task<string> RunAsync(string tool, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Find(tool), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{tool} {string.Join(' ', start.ArgumentList)}: {await errors}");
        return await output;
    }

    private static string Find(string tool)
    {
        var own = Repository.PathOf(".studio", "tools", tool);
        if (File.Exists(own)) return own;

        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
        return found ?? throw new FileNotFoundException($"'{tool}' is not on this machine; './studio test' fetches it.", tool);
    }
}
