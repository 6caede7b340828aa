using System.Globalization;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Benchmarks.Fuzz;

/// <summary>How reading a damaged file ended.</summary>
public enum FuzzOutcome
{
    /// <summary>With a picture.</summary>
    Decoded,

    /// <summary>With an error that says what is wrong.</summary>
    Refused,

    /// <summary>With another error than the codec promises.</summary>
    Broken,

    /// <summary>The process died.</summary>
    Crashed,

    /// <summary>Not at all.</summary>
    Hung,
}

/// <summary>A file that ended badly.</summary>
/// <param name="Format">The format it was made of.</param>
/// <param name="Index">Its index in the run.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Message">What is known about it.</param>
/// <param name="Path">Where the file was saved.</param>
public sealed record FuzzFailure(PictureFormat Format, int Index, FuzzOutcome Outcome, string Message, string Path);

/// <summary>What a process held after a file.</summary>
/// <param name="Worker">Which of the processes.</param>
/// <param name="Index">The file's index.</param>
/// <param name="Bytes">Resident memory.</param>
/// <param name="Objects">Objects of libvips.</param>
public sealed record FuzzMemory(int Worker, int Index, long Bytes, int Objects);

/// <summary>What a run found.</summary>
public sealed class FuzzReport
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(PictureFormat, FuzzOutcome), int> _counts = [];
    private readonly List<FuzzFailure> _failures = [];
    private readonly List<FuzzMemory> _memory = [];
    private double _slowest;

    /// <summary>Files that were read.</summary>
    public int Files
    {
        get
        {
            lock (_lock) return _counts.Values.Sum();
        }
    }

    /// <summary>Files that ended neither with a picture nor with a clear error.</summary>
    public IReadOnlyList<FuzzFailure> Failures
    {
        get
        {
            lock (_lock) return [.. _failures];
        }
    }

    /// <summary>The memory of the processes, in the order it was measured.</summary>
    public IReadOnlyList<FuzzMemory> Memory
    {
        get
        {
            lock (_lock) return [.. _memory];
        }
    }

    /// <summary>How many files of a format ended so.</summary>
    public int Count(PictureFormat format, FuzzOutcome outcome)
    {
        lock (_lock) return _counts.GetValueOrDefault((format, outcome));
    }

    internal void Add(PictureFormat format, FuzzOutcome outcome, double milliseconds)
    {
        lock (_lock)
        {
            _counts[(format, outcome)] = _counts.GetValueOrDefault((format, outcome)) + 1;
            _slowest = Math.Max(_slowest, milliseconds);
        }
    }

    internal void Add(FuzzFailure failure)
    {
        lock (_lock) _failures.Add(failure);
    }

    internal void Add(FuzzMemory memory)
    {
        lock (_lock) _memory.Add(memory);
    }

    /// <summary>Prints the outcomes by format, the memory curve, and what was saved.</summary>
    public void Print(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        lock (_lock)
        {
            var outcomes = Enum.GetValues<FuzzOutcome>();
            writer.WriteLine($"{"format",-8}{"files",10}{string.Concat(outcomes.Select(outcome => $"{outcome.ToString().ToLowerInvariant(),10}"))}");
            foreach (var format in _counts.Keys.Select(key => key.Item1).Distinct().Order())
            {
                int[] row = [.. outcomes.Select(outcome => _counts.GetValueOrDefault((format, outcome)))];
                writer.WriteLine($"{format.DisplayName(),-8}{row.Sum(),10:N0}{string.Concat(row.Select(count => $"{count,10:N0}"))}");
            }

            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slowest file: {_slowest:N0} ms"));
            foreach (var worker in _memory.GroupBy(memory => memory.Worker).OrderBy(group => group.Key))
            {
                FuzzMemory[] curve = [.. worker];
                var shown = curve.Where((_, i) => i % Math.Max(1, curve.Length / 12) == 0 || i == curve.Length - 1);
                writer.WriteLine($"memory of process {worker.Key}, MiB: {string.Join(' ', shown.Select(point => point.Bytes >> 20))}; "
                    + $"libvips' objects: {curve[0].Objects} to {curve[^1].Objects}");
            }

            foreach (var failure in _failures)
                writer.WriteLine($"{failure.Outcome} {failure.Format.DisplayName()} {failure.Index}: {failure.Message} — {failure.Path}");
        }
    }
}
