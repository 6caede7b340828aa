using Microsoft.Extensions.Logging;

namespace PhotoStudio.Inference.Onnx;

/// <summary>What the model sessions write to the log.</summary>
internal static partial class OnnxLog
{
    [LoggerMessage(20, LogLevel.Information, "Models run on {Device}: {Why}")]
    public static partial void DeviceChosen(this ILogger logger, string device, string why);

    [LoggerMessage(21, LogLevel.Warning, "Models cannot run, only built-in engines can: {Why}")]
    public static partial void RuntimeMissing(this ILogger logger, Exception fault, string why);

    [LoggerMessage(22, LogLevel.Information, "Loaded the model {File} ({Bytes} bytes) in {Milliseconds:F0} ms")]
    public static partial void ModelLoaded(this ILogger logger, string file, long bytes, double milliseconds);

    [LoggerMessage(23, LogLevel.Information, "Unloaded the model {File} ({Bytes} bytes)")]
    public static partial void ModelUnloaded(this ILogger logger, string file, long bytes);

    [LoggerMessage(24, LogLevel.Error, "The model {File} cannot be loaded")]
    public static partial void ModelBroken(this ILogger logger, Exception fault, string file);

    [LoggerMessage(25, LogLevel.Information, "Every operator of the model {File} runs on {Device}")]
    public static partial void AllOnDevice(this ILogger logger, string file, string device);

    [LoggerMessage(26, LogLevel.Warning, "The model {File} has operators that do not run on {Device} as asked for: {Operators}")]
    public static partial void NotOnDevice(this ILogger logger, string file, string operators, string device);
}
