using System.Diagnostics;
using System.Globalization;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>OpenCV in a Python process of its own, which answers line by line what a script of <c>benchmarks/peers/opencv</c> computes.</summary>
internal sealed class OpenCvPeer : IDisposable
{
    // Debian's own Python has python3-opencv; another one earlier in the path may not.
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    private readonly Process python;

    private OpenCvPeer(Process python) => this.python = python;

    /// <summary>Starts it; null when no Python on this machine has OpenCV.</summary>
    /// <param name="name">The script's file name.</param>
    public static OpenCvPeer? TryStart(string name = "denoise.py")
    {
        var script = Path.Combine(BenchmarkContext.PeersFolder(), "opencv", name);
        foreach (var program in Pythons)
        {
            var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
            start.RedirectStandardError = true;
            start.ArgumentList.Add(script);
            try
            {
                var started = Process.Start(start)!;
                if (started.StandardOutput.ReadLine() == "ready") return new(started);
                started.Dispose();
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // The next one may be there.
            }
        }

        return null;
    }

    /// <summary>The best PSNR in dB that fastNlMeansDenoisingColored reaches over a grid of settings.</summary>
    /// <param name="clean">File of the picture without noise.</param>
    /// <param name="noisy">File of the picture with noise.</param>
    /// <param name="sigma">The noise's standard deviation in levels.</param>
    public double Best(string clean, string noisy, double sigma)
    {
        var answer = Ask(string.Create(CultureInfo.InvariantCulture, $"{clean}\t{noisy}\t{sigma}"));
        return double.Parse(answer.Split('\t')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Asks the script in one line and waits for its line.</summary>
    /// <exception cref="InvalidOperationException">It ended; the message says why.</exception>
    public string Ask(string line)
    {
        python.StandardInput.WriteLine(line);
        python.StandardInput.Flush();
        return python.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"OpenCV ended: {python.StandardError.ReadToEnd()}");
    }

    public void Dispose()
    {
        python.StandardInput.Close();
        python.WaitForExit();
        python.Dispose();
    }
}
