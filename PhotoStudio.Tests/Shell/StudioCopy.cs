using System.Diagnostics;
using PhotoStudio.Tests.Support;

namespace PhotoStudio.Tests.Shell;

/// <summary>What a call of the command left: its exit status and both outputs.</summary>
public sealed record StudioCall(int Status, string Output, string Errors)
{
    private const string Argument = "argument: ";

    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];

    public string[] Arguments =>
        [.. Output.Split('\n').Where(line => line.StartsWith(Argument, StringComparison.Ordinal)).Select(line => line[Argument.Length..])];
}

/// <summary>
/// A copy of <c>./studio</c> and <c>build/</c> in a folder of its own, with a <c>dotnet</c> and an <c>npm</c> on PATH that only note
/// that they were called and answer as told. The folder's name has spaces.
/// </summary>
public sealed class StudioCopy : IDisposable
{
    private static readonly string[] Projects =
        ["Api", "AppHost", "Backings", "Core", "Imaging", "Inference", "ServiceDefaults", "Standalone", "Tests", "Worker"];

    private readonly TemporaryFolder _folder = new();

    public StudioCopy()
    {
        Root = Path.Combine(_folder.Path, "a photo studio");
        Copy(Repository.PathOf("build"), Path.Combine(Root, "build"));
        CopyFile(Repository.PathOf("studio"), Path.Combine(Root, "studio"));
        CopyFile(Repository.PathOf(".ci", "run"), Path.Combine(Root, ".ci", "run"));
        foreach (string tool in (string[])["dotnet", "npm"])
            CopyFile(Repository.PathOf("PhotoStudio.Tests", "Shell", $"fake-{tool}.sh"), Path.Combine(Root, "fakes", tool));
        Write("PhotoStudio.sln", "");
        foreach (string project in Projects)
            Write($"PhotoStudio.{project}/PhotoStudio.{project}.csproj", "<Project />");
        Write("benchmarks/PhotoStudio.Benchmarks/PhotoStudio.Benchmarks.csproj", "<Project />");
        // The machine's own SQLite is not what is tested here.
        Write(".studio/native/libsqlite3.so.0", "");
        foreach (string tool in (string[])["vips", "exiftool"])
            CopyFile(Repository.PathOf("PhotoStudio.Tests", "Shell", "fake-npm.sh"), PathOf($".studio/tools/{tool}"));
    }

    public string Root { get; }

    /// <summary>Variables that the command and the stand-ins see.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The calls of dotnet and npm so far, oldest first.</summary>
    public string[] Calls => File.Exists(PathOf("fakes/calls.log")) ? File.ReadAllLines(PathOf("fakes/calls.log")) : [];

    public string PathOf(string relative) => Path.Combine(Root, relative);

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
    }

    public void ForgetCalls() => File.Delete(PathOf("fakes/calls.log"));

    /// <summary>Calls <c>./studio</c> from a foreign working folder and waits for its end.</summary>
    public Task<StudioCall> Studio(params string[] arguments) => Call(PathOf("studio"), arguments);

    public async Task<StudioCall> Call(string command, params string[] arguments)
    {
        ProcessStartInfo start = new(command, arguments)
        {
            WorkingDirectory = _folder.Path,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsOurs).ToArray())
            start.Environment.Remove(name);
        start.Environment["PATH"] = $"{PathOf("fakes")}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        foreach ((string name, string value) in Environment)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await errors);
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsOurs(string variable) =>
        variable.StartsWith("STUDIO", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("ASPNETCORE_", StringComparison.Ordinal);

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from))
            CopyFile(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string folder in Directory.EnumerateDirectories(from))
        {
            if (Path.GetFileName(folder) is not ("node_modules" or "bin" or "obj"))
                Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    private static void CopyFile(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }
}
