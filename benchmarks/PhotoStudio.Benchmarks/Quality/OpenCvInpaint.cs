using System.Diagnostics;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Algorithms;

namespace PhotoStudio.Benchmarks.Quality;

/// <summary>OpenCV's two inpainting methods on the same holes, for information, where the machine's Python has <c>cv2</c>.</summary>
internal static class OpenCvInpaint
{
    private const string Script = """
        import sys, cv2
        folder = sys.argv[1]
        for name in sys.argv[2:]:
            picture, mask = cv2.imread(f"{folder}/{name}.png"), cv2.imread(f"{folder}/{name}.mask.png", cv2.IMREAD_GRAYSCALE)
            cv2.imwrite(f"{folder}/{name}.telea.png", cv2.inpaint(picture, mask, 5, cv2.INPAINT_TELEA))
            cv2.imwrite(f"{folder}/{name}.ns.png", cv2.inpaint(picture, mask, 5, cv2.INPAINT_NS))
        """;

    public static void AddTo(
        BenchmarkTable table,
        IPictureCodec codec,
        BenchmarkContext context,
        IEnumerable<(string Name, Picture Truth, PixelMask Hole, bool IsPeriodic)> holes)
    {
        var folder = Directory.CreateTempSubdirectory("photostudio-inpaint-");
        try
        {
            var png = new EncodeOptions(PictureFormat.Png);
            var all = holes.ToList();
            foreach (var (name, truth, hole, _) in all)
            {
                var mask = new Picture(hole.Width, hole.Height, PixelFormat.Gray, [.. hole.Data.Select(inside => inside ? byte.MaxValue : byte.MinValue)]);
                File.WriteAllBytes(Path.Combine(folder.FullName, name + ".png"), codec.Encode(truth, png));
                File.WriteAllBytes(Path.Combine(folder.FullName, name + ".mask.png"), codec.Encode(mask, png));
            }

            if (!RunPython([folder.FullName, .. all.Select(entry => entry.Name)])) return;
            foreach (var (method, title) in (ReadOnlySpan<(string, string)>)[("telea", "OpenCV Telea"), ("ns", "OpenCV Navier-Stokes")])
            {
                var scores = all.Select(entry =>
                {
                    var file = File.ReadAllBytes(Path.Combine(folder.FullName, $"{entry.Name}.{method}.png"));
                    var filled = codec.Decode(file, PictureLimits.Default, context.CancellationToken).As(PixelFormat.Rgb);
                    return (entry.IsPeriodic, Own: InpaintScore.Of(filled, entry.Truth, entry.Hole));
                }).ToList();
                table.Note($"{title}: patch distance on the same textures", scores.Average(score => score.Own.Patches), "levels");
                table.Note($"{title}: PSNR on the periodic ones", scores.Where(score => score.IsPeriodic).Average(score => score.Own.Psnr), "dB");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Debian's own Python is the one that sees the package python3-opencv.
    private static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private static bool RunPython(IEnumerable<string> arguments)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo(Python, ["-c", Script, .. arguments]) { RedirectStandardError = true, UseShellExecute = false });
            if (python is null) return false;
            python.StandardError.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
