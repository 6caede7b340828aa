using Microsoft.Extensions.Logging;

namespace PhotoStudio.Inference.Models;

/// <summary>What the store writes to the log.</summary>
internal static partial class ModelStoreLog
{
    [LoggerMessage(40, LogLevel.Information, "The model {Model} is installed: {File}")]
    public static partial void ModelInstalled(this ILogger logger, string model, string file);

    [LoggerMessage(41, LogLevel.Information, "The model {Model} is no longer installed")]
    public static partial void ModelGone(this ILogger logger, string model);

    [LoggerMessage(42, LogLevel.Warning, "The file {File} cannot be read")]
    public static partial void ModelUnreadable(this ILogger logger, Exception fault, string file);

    [LoggerMessage(43, LogLevel.Debug, "Hashes of models are not kept in {File}")]
    public static partial void HashesNotKept(this ILogger logger, Exception fault, string file);

    [LoggerMessage(47, LogLevel.Warning, "Studio:Models:Preferred names {Model}; the catalogue has no model and no file of that name")]
    public static partial void NotPreferred(this ILogger logger, string model);

    [LoggerMessage(46, LogLevel.Warning, "The model {Model} is not put into memory: {Why}")]
    public static partial void NotWarm(this ILogger logger, string model, string why);

    [LoggerMessage(44, LogLevel.Information, "The model {Model} is fetched from {Source} again in {Pause}")]
    public static partial void SourceRetried(this ILogger logger, Exception fault, string model, Uri source, TimeSpan pause);

    [LoggerMessage(45, LogLevel.Warning, "The model {Model} cannot be fetched from {Source}")]
    public static partial void SourceFailed(this ILogger logger, Exception fault, string model, Uri source);
}
