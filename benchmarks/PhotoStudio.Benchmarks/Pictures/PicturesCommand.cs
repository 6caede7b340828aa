using PhotoStudio.Benchmarks.Speed;

namespace PhotoStudio.Benchmarks.Pictures;

/// <summary><c>pictures</c>: makes the pictures of the documentation again, from nothing but the project's own code.</summary>
public static class PicturesCommand
{
    private const string Usage = "usage: pictures [name...] [--out folder]";

    /// <summary>Whether the arguments are for this command.</summary>
    public static bool IsFor(string[] arguments) => arguments is ["pictures", ..];

    /// <summary>Runs it; the exit code is 0, 1 when a file is larger than it should be, or 2 for bad usage.</summary>
    public static int Run(string[] arguments, TextWriter writer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(writer);
        var names = arguments.Skip(1).ToList();
        var folder = Path.Combine(BenchmarkContext.PeersFolder(), "..", "..", "docs", "images");
        if (names.IndexOf("--out") is >= 0 and var at)
        {
            if (at + 1 == names.Count) return Misused();
            folder = names[at + 1];
            names.RemoveRange(at, 2);
        }

        if (names.Except(Examples.All.Select(example => example.Name)).Any()) return Misused();
        Directory.CreateDirectory(folder);
        using var studio = StudioInProcess.Start(cancellationToken);
        var maker = new ExampleMaker(studio, cancellationToken);
        var large = 0;
        foreach (var example in Examples.All.Where(example => names.Count == 0 || names.Contains(example.Name)))
        {
            var file = PictureStrip.Encode(studio.Codec, PictureStrip.Join(studio.Codec, example.Make(maker), example.Height, example.Columns));
            File.WriteAllBytes(Path.Combine(folder, example.Name + ".webp"), file);
            writer.WriteLine($"{example.Name}.webp: {file.Length:N0} bytes");
            if (file.Length > PictureStrip.MostBytes) large = 1;
        }

        return large;

        int Misused()
        {
            writer.WriteLine(Usage);
            writer.WriteLine($"  names: {string.Join(", ", Examples.All.Select(example => example.Name))}");
            return 2;
        }
    }
}
