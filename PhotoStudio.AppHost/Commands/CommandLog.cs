using Microsoft.Extensions.Logging;

namespace PhotoStudio.AppHost.Commands;

/// <summary>What commands write into the log of their resource.</summary>
internal static partial class CommandLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} is installed.")]
    public static partial void ModelPulled(this ILogger logger, string model);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} dead letters are tried again.")]
    public static partial void DeadLettersReplayed(this ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Generated a picture of '{Prompt}'.")]
    public static partial void PictureSeeded(this ILogger logger, string prompt);
}
