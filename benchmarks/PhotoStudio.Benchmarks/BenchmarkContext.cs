namespace PhotoStudio.Benchmarks;

/// <summary>What a benchmark is run with.</summary>
/// <param name="PhotosFolder">A folder of photographs to use besides the program-made pictures; null when there is none.</param>
/// <param name="OutputFolder">Where to leave pictures worth looking at; null to keep none.</param>
/// <param name="Quick">Fewer samples, for a first look.</param>
/// <param name="CancellationToken">Stops the run.</param>
public sealed record BenchmarkContext(
    string? PhotosFolder = null,
    string? OutputFolder = null,
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
}
