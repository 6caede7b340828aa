using System.Diagnostics;
using Shouldly;

namespace PhotoStudio.Tests.Support;

/// <summary>
/// A server program for the tests alone, in a folder of its own. A shell keeps it: it ends the server and deletes the folder when the
/// tests' process closes the pipe to it, which the operating system does for a process that is killed. What is left when the shell was
/// killed too, the next start clears away. The shell has a session of its own, so that Ctrl+C leaves the end to whoever started it.
/// </summary>
internal sealed class PrivateServer : IAsyncDisposable
{
    private const string Prefix = "photostudio-server-";

    /// <summary>Arguments: the folder, and the server's command line. Its input: signals to stop the server with, and "start".</summary>
    private const string Keeper =
        """
        folder=$1
        shift
        start() { "$@" </dev/null >>"$folder/log" 2>&1 & server=$!; echo "$server" >"$folder/server.pid"; }
        start "$@"
        while read -r word; do
          if [[ $word == start ]]; then start "$@"; else kill -s "$word" "$server"; { wait "$server"; } 2>/dev/null; fi
          echo done
        done
        kill -s INT "$server" 2>/dev/null
        for ((i = 0; i < 100; i++)); do kill -s 0 "$server" 2>/dev/null || break; sleep 0.1; done
        kill -s KILL "$server" 2>/dev/null
        [[ $KEEP_FOLDER == yes ]] || rm -rf "$folder"
        """;

    private readonly Process _keeper;

    private PrivateServer(Process keeper, string folder) => (_keeper, Folder) = (keeper, folder);

    /// <summary>Where it keeps its files; its working directory.</summary>
    public string Folder { get; }

    /// <summary>What it has written.</summary>
    public string Log => File.Exists(Path.Combine(Folder, "log")) ? File.ReadAllText(Path.Combine(Folder, "log")) : "";

    /// <summary>Whether it has ended by itself.</summary>
    public bool HasEnded => _keeper.HasExited || !Directory.Exists($"/proc/{ServerId}");

    /// <summary>The process id of the server.</summary>
    public int ServerId => int.TryParse(ReadIfThere(Path.Combine(Folder, "server.pid")), out var id) ? id : -1;

    /// <summary>An empty folder for a server, which belongs to the user it will run as.</summary>
    public static async Task<string> MakeFolderAsync(string? user = null)
    {
        foreach (var left in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*")) ClearAway(left);
        var folder = Directory.CreateTempSubdirectory($"{Prefix}{Environment.ProcessId}-").FullName;
        if (user is not null) await CommandLine.RunAsync("chown", user, folder);
        return folder;
    }

    /// <summary>A folder for a server that finds again there what it kept; nobody deletes it.</summary>
    public static async Task<string> OpenFolderAsync(string path, string? user = null)
    {
        Directory.CreateDirectory(path);
        if (user is not null) await CommandLine.RunAsync("chown", user, path);
        return path;
    }

    /// <summary>Starts a server.</summary>
    /// <param name="folder">From <see cref="MakeFolderAsync"/> or <see cref="OpenFolderAsync"/>.</param>
    /// <param name="user">Who it runs as; null for whoever runs the tests.</param>
    /// <param name="command">Its program and arguments; it stays in the foreground.</param>
    public static PrivateServer Start(string folder, string? user, params string[] command)
    {
        string[] all = ["setsid", .. As(user), "bash", "-c", Keeper, "keeper", folder, .. command];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["KEEP_FOLDER"] = Path.GetFileName(folder).StartsWith(Prefix, StringComparison.Ordinal) ? "no" : "yes" },
        };
        return new PrivateServer(Process.Start(start)!, folder);
    }

    /// <summary>The beginning of a command line that runs a program as another user.</summary>
    public static string[] As(string? user) =>
        user is null ? [] : ["setpriv", $"--reuid={user}", "--regid", user == "nobody" ? "nogroup" : user, "--clear-groups"];

    /// <summary>Stops the server; its files stay.</summary>
    /// <param name="signal">Such as INT, or KILL for a crash.</param>
    public Task StopAsync(string signal = "INT") => TellAsync(signal);

    /// <summary>Starts it again after <see cref="StopAsync"/>.</summary>
    public Task StartAgainAsync() => TellAsync("start");

    /// <summary>Waits until it answers.</summary>
    /// <param name="answers">Asks it; an exception means that it does not answer yet.</param>
    public async Task WaitUntilAsync(Func<Task> answers)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await answers();
                return;
            }
            catch (Exception exception) when (exception is not ShouldAssertException)
            {
                if (_keeper.HasExited || Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1))
                    throw new InvalidOperationException($"The server does not answer. It wrote:\n{Log}", exception);
            }

            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }

    private static void ClearAway(string folder)
    {
        var name = Path.GetFileName(folder);
        if (!int.TryParse(name[Prefix.Length..].Split('-')[0], out var tests) || Directory.Exists($"/proc/{tests}")) return;
        try
        {
            if (int.TryParse(ReadIfThere(Path.Combine(folder, "server.pid")), out var id) && WorksIn(id, folder))
                Process.GetProcessById(id).Kill();
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            // Another user's, or its own keeper is just removing it.
        }
    }

    private static bool WorksIn(int process, string folder) =>
        new FileInfo($"/proc/{process}/cwd").LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true;

    private static string? ReadIfThere(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    private async Task TellAsync(string word)
    {
        await _keeper.StandardInput.WriteLineAsync(word);
        await _keeper.StandardInput.FlushAsync();
        (await _keeper.StandardOutput.ReadLineAsync()).ShouldBe("done");
    }
}
