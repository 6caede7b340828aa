using Microsoft.Extensions.Logging;

namespace PhotoStudio.Inference.Running;

/// <summary>What the runner writes to the log.</summary>
internal static partial class InferenceLog
{
    [LoggerMessage(1, LogLevel.Debug, "Run {RunId}: {Operation} by {Engine} took {Milliseconds:F0} ms")]
    public static partial void Ran(this ILogger logger, string runId, string operation, string engine, double milliseconds);

    [LoggerMessage(2, LogLevel.Error, "Run {RunId}: engine {Engine} broke while running {Operation}")]
    public static partial void EngineBroke(this ILogger logger, Exception fault, string runId, string operation, string engine);

    [LoggerMessage(3, LogLevel.Warning, "Run {RunId}: whoever listened to its progress failed; the run goes on unheard")]
    public static partial void ListenerFailed(this ILogger logger, Exception fault, string runId);

    [LoggerMessage(4, LogLevel.Warning, "Run {RunId}: engine {Engine} took {Milliseconds:F0} ms to stop after it was cancelled")]
    public static partial void SlowToStop(this ILogger logger, string runId, string engine, double milliseconds);

    [LoggerMessage(
        5,
        LogLevel.Information,
        "Inference is ready: {Slots} slots with {Cores} threads each, {MemoryMiB} MiB of memory, {Ready} of {Engines} engines ready")]
    public static partial void Ready(this ILogger logger, int slots, int cores, long memoryMiB, int ready, int engines);

    [LoggerMessage(6, LogLevel.Critical, "Inference cannot work: the picture codec failed its first picture")]
    public static partial void CodecBroken(this ILogger logger, Exception fault);

    [LoggerMessage(37, LogLevel.Information, "The model {Model} is warm")]
    public static partial void ModelWarm(this ILogger logger, string model);

    [LoggerMessage(38, LogLevel.Warning, "The model {Model} cannot be warmed up")]
    public static partial void ModelCold(this ILogger logger, Exception fault, string model);
}
