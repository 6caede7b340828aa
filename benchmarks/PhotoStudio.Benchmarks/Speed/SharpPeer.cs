using System.Diagnostics;
using System.Globalization;

namespace PhotoStudio.Benchmarks.Speed;

/// <summary>
/// npm's sharp in a node process of its own that stays up: each line asks it for one resize of a file it has read before,
/// and it answers the milliseconds it took, so that neither its start nor the talking counts.
/// </summary>
internal sealed class SharpPeer : IDisposable
{
    private readonly Process _node;

    private SharpPeer(Process node) => _node = node;

    /// <summary>Starts it; fails with what is missing and how to get it.</summary>
    /// <exception cref="FileNotFoundException">There is no node, or the peers are not installed.</exception>
    public static SharpPeer Start(string file, int width, int quality, int threads)
    {
        var peers = BenchmarkContext.PeersFolder();
        if (!Directory.Exists(Path.Combine(peers, "node_modules", "sharp")))
        {
            throw new FileNotFoundException(
                $"npm's sharp is not installed in {peers}; './studio bench speed' or 'npm ci' there installs it.");
        }

        var start = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(peers, "sharp", "resize.mjs"), file, Text(width), Text(quality), Text(threads)])
            start.ArgumentList.Add(argument);
        try
        {
            return new(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new FileNotFoundException("node is not installed; 'apt-get install nodejs' installs it.", fault);
        }

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>One resize; the milliseconds it took.</summary>
    public double Resize() => double.Parse(Ask("resize"), CultureInfo.InvariantCulture);

    /// <summary>Writes one result into a file.</summary>
    public void Save(string path) => Ask("save " + path);

    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
    }

    private string Ask(string line)
    {
        _node.StandardInput.WriteLine(line);
        _node.StandardInput.Flush();
        return _node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("sharp ended; what it said is above.");
    }
}
