namespace PhotoStudio.Imaging.Vips;

/// <summary>How libvips works in this process. The first codec that is made decides.</summary>
/// <param name="ThreadsPerOperation">Threads that a decode, resize or encode may use, at least 1; null: the processors, at most 4.</param>
public sealed record VipsOptions(int? ThreadsPerOperation = null)
{
    /// <summary>The threads that one operation uses.</summary>
    public int Threads => Math.Max(1, ThreadsPerOperation ?? Math.Min(4, Environment.ProcessorCount));
}
