using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference;

/// <summary>The settings under <c>Studio:Inference</c>.</summary>
public sealed class InferenceOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Inference";

    /// <summary>Runs at a time, 1–256; null takes half of the processor cores, at least one.</summary>
    public int? Slots { get; set; }

    /// <summary>Runs that may wait for a slot, 0–10,000; whoever comes when they are taken is told to come back later.</summary>
    public int QueueLength { get; set; } = 32;

    /// <summary>
    /// Bytes of memory that all runs together may take, at least 1 MiB; null takes half of what the process may have
    /// (a container's limit counts).
    /// </summary>
    public long? MemoryBytes { get; set; }

    /// <summary>Which engine runs an operation, by the operation's wire name: a tier (onnx, remote, builtin) or an engine's name.</summary>
    public IDictionary<string, string> Engines { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where models run: auto, cpu or cuda.</summary>
    public DeviceChoice Device { get; set; } = DeviceChoice.Auto;

    /// <summary>
    /// ONNX Runtime's CUDA plugin, for a runtime that is built without CUDA; null looks for
    /// <c>libonnxruntime_providers_cuda.so</c> beside the studio's own assemblies.
    /// </summary>
    public string? CudaLibrary { get; set; }

    /// <summary>Settings of the loaded models.</summary>
    public ModelOptions Models { get; } = new();

    /// <summary>The most pixels a picture may have.</summary>
    public long MaxPixels { get; set; } = PictureLimits.Default.MaxPixels;

    /// <summary>The longest side a picture may have, in pixels.</summary>
    public int MaxSide { get; set; } = PictureLimits.Default.MaxSide;

    /// <summary>The most frames or pages a picture may have.</summary>
    public int MaxFrames { get; set; } = PictureLimits.Default.MaxFrames;

    /// <summary>The most pixels that all frames of an animation may have together, where all are kept.</summary>
    public long MaxAnimationPixels { get; set; } = PictureLimits.Default.MaxAnimationPixels;

    /// <summary>The longest time that decoding a picture may take, in seconds.</summary>
    public int MaxDecodeSeconds { get; set; } = PictureLimits.Default.MaxSeconds;

    /// <summary>The number of slots in effect.</summary>
    public int EffectiveSlots => Slots ?? Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>The threads that one run may use: the cores shared out among the slots, at least one.</summary>
    public int CoresPerRun => Math.Max(1, Environment.ProcessorCount / EffectiveSlots);

    /// <summary>The memory budget in effect, in bytes.</summary>
    public long EffectiveMemoryBytes => MemoryBytes ?? Math.Max(1L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>What may be decoded.</summary>
    public PictureLimits Limits => new(MaxPixels, MaxSide, MaxFrames, MaxAnimationPixels, MaxDecodeSeconds);
}

/// <summary>The settings under <c>Studio:Inference:Models</c>.</summary>
public sealed class ModelOptions
{
    /// <summary>
    /// Bytes of models that stay in memory, at least 1 MiB; null takes a quarter of what the process may have.
    /// </summary>
    public long? MemoryBytes { get; set; }

    /// <summary>
    /// Whether operators that a GPU cannot run may run on the processor; the log names them after a model's first run. False refuses such a
    /// model.
    /// </summary>
    public bool AllowCpuFallback { get; set; } = true;

    /// <summary>
    /// How long a model that takes several pictures at a time waits for more of the same size, in milliseconds, 0–1,000; null waits 2 ms on a
    /// GPU and not at all on the processor, which works on one as fast as on several.
    /// </summary>
    public double? BatchWindowMilliseconds { get; set; }

    /// <summary>The most pictures that go through a model together, 1–256.</summary>
    public int MostInBatch { get; set; } = 8;

    /// <summary>The memory budget in effect, in bytes.</summary>
    public long EffectiveMemoryBytes => MemoryBytes ?? Math.Max(1L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);
}
