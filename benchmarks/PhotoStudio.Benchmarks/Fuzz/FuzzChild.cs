using System.Diagnostics;
using System.Globalization;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Imaging.Vips;

namespace PhotoStudio.Benchmarks.Fuzz;

/// <summary>
/// The process that reads damaged files, and may die of one. A line of its output begins with <c>&gt;</c> before a file, with
/// <c>&lt;</c> after it (index, outcome, milliseconds, message), and with <c>m</c> for memory (index, resident bytes, libvips' objects).
/// </summary>
internal static class FuzzChild
{
    /// <summary>The first argument of the process.</summary>
    public const string Word = "fuzz-child";

    private const int MemoryEvery = 250;

    private static readonly PictureLimits Limits =
        new(MaxPixels: 1_000_000, MaxSide: 4_096, MaxFrames: 64, MaxAnimationPixels: 2_000_000, MaxSeconds: 10);

    private static readonly PictureFormat[] Targets = [PictureFormat.Png, PictureFormat.Jpeg, PictureFormat.Webp, PictureFormat.Tiff];

    /// <summary>Reads <c>count</c> files from index <c>from</c> on, every <c>step</c>-th; or the one file named.</summary>
    public static int Run(string[] arguments, TextWriter writer)
    {
        var codec = new VipsPictureCodec(new VipsOptions(ThreadsPerOperation: 1));
        if (arguments is [_, var path])
        {
            writer.WriteLine(Outcome(codec, File.ReadAllBytes(path), 0));
            return 0;
        }

        int[] numbers = [.. arguments[2..].Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))];
        var (seed, from, step, end) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        var files = new FuzzFiles(FuzzSeeds.Read(arguments[1]), seed);
        var read = 0;
        for (var index = from; index < end; index += step)
        {
            var (_, file) = files[index];
            writer.WriteLine($"> {index}");
            writer.Flush();
            var began = Stopwatch.GetTimestamp();
            var outcome = Outcome(codec, file, index);
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"< {index} {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0.0} {outcome}"));
            if (read++ % MemoryEvery == 0) Memory(writer, index);
        }

        Memory(writer, end);
        return 0;
    }

    private static void Memory(TextWriter writer, int index)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        writer.WriteLine($"m {index} {Environment.WorkingSet} {VipsDiagnostics.LiveObjects}");
        writer.Flush();
    }

    private static string Outcome(VipsPictureCodec codec, byte[] file, int index)
    {
        try
        {
            var header = codec.Probe(file);
            codec.Decode(file, Limits);
            codec.DecodeScaled(file, new ScaledSize(20, 20, FitMode.Fill), Limits);
            if (header.IsAnimation) codec.DecodeFrames(file, size: null, Limits);
            var policy = (MetadataPolicy)(index % 3);
            codec.Transcode(file, new ScaledSize(16, null), new(Targets[index / 3 % Targets.Length], Metadata: policy), Limits);
            return "decoded";
        }
        catch (Exception fault) when (fault is PictureFormatException or PictureTooLargeException)
        {
            return string.IsNullOrWhiteSpace(fault.Message) ? "broken an error without a message" : "refused";
        }
        catch (Exception fault)
        {
            return $"broken {fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}";
        }
    }
}
