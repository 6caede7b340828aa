using PhotoStudio.Core.Inference;

namespace PhotoStudio.Api.Operations;

/// <summary>Which engines there are, for descriptions that are given even while inference cannot be reached.</summary>
public sealed partial class EngineOverview(IInference inference, ILogger<EngineOverview> logger)
{
    /// <summary>Every engine; none when inference cannot be asked.</summary>
    public async Task<IReadOnlyList<EngineStatus>> AllAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await inference.EnginesAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InferenceException or HttpRequestException)
        {
            LogUnreachable(logger, exception);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The engines cannot be listed")]
    private static partial void LogUnreachable(ILogger logger, Exception exception);
}
