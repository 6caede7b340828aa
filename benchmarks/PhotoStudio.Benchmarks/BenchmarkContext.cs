namespace PhotoStudio.Benchmarks;

/// <summary>What a benchmark is run with.</summary>
/// <param name="PhotosFolder">A folder of photographs to use besides the program-made pictures; null when there is none.</param>
/// <param name="OutputFolder">Where to leave pictures worth looking at; null to keep none.</param>
/// <param name="ModelsFolder">A folder of ONNX models to use instead of program-made ones; null when there is none.</param>
/// <param name="Images">How many pictures a benchmark of many uses; null leaves it to the benchmark.</param>
/// <param name="Only">The operations to measure, where a benchmark measures one after the other; null for all.</param>
/// <param name="Quick">Fewer samples, for a first look.</param>
/// <param name="CancellationToken">Stops the run.</param>
public sealed record BenchmarkContext(
    string? PhotosFolder = null,
    string? OutputFolder = null,
    string? ModelsFolder = null,
    int? Images = null,
    IReadOnlySet<string>? Only = null,
    bool Quick = false,
    CancellationToken CancellationToken = default)
{
    /// <summary>The pictures in <see cref="PhotosFolder"/> whose names end in one of the given extensions, sorted by name.</summary>
    public IReadOnlyList<string> Photos(params string[] extensions) =>
        PhotosFolder is null || !Directory.Exists(PhotosFolder)
            ? []
            : [.. Directory.EnumerateFiles(PhotosFolder)
                .Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)];

    /// <summary>The folder of the programs that are measured beside the studio.</summary>
    /// <exception cref="FileNotFoundException">The benchmarks run outside the repository.</exception>
    public static string PeersFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var peers = Path.Combine(folder.FullName, "benchmarks", "peers");
            if (File.Exists(Path.Combine(peers, "package.json"))) return peers;
        }

        throw new FileNotFoundException("benchmarks/peers is not in any folder above the program.");
    }
}
