using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Running;

/// <summary>
/// Loads the installed models when the process starts, or when it is asked to, and runs each once on an empty picture, as far as the memory
/// for models goes: on a GPU the first run of a model takes seconds, and the first owner should not wait for it.
/// <c>Studio:Inference:Models:WarmUp</c>.
/// </summary>
internal sealed class SessionWarmUp(
    IModelStore models, OnnxSessions sessions, ExecutionDevice device, IOptions<InferenceOptions> options, ILogger<SessionWarmUp> logger)
    : BackgroundService
{
    // For sides of any size.
    private const int Side = 64;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        (options.Value.Models.WarmUp ?? device.Provider is not null) && device.Missing is null
            ? Task.Run(() => StartWarmAsync(stoppingToken), CancellationToken.None)
            : Task.CompletedTask;

    /// <summary>Loads and runs them.</summary>
    /// <param name="cancellationToken">Ends it between two models.</param>
    /// <returns>The ids of the models that are warm now, and of those that could not be, or for which there was no memory.</returns>
    public async Task<(IReadOnlyList<string> Warm, IReadOnlyList<string> Cold)> WarmUpAsync(CancellationToken cancellationToken)
    {
        List<string> warm = [], cold = [];
        foreach (var family in models.Catalogue.All.Select(entry => entry.Family).Distinct(StringComparer.Ordinal))
        {
            if (models.FindFamily(family) is not { } model) continue;
            try
            {
                // Loading one must not unload another that was just warmed up.
                if (!IsLoaded(model) && sessions.LoadedBytes + new FileInfo(model.Path).Length > sessions.Budget)
                {
                    cold.Add(model.Entry.Id);
                    continue;
                }

                using var session = await sessions.AcquireAsync(model.ToOnnx(checkShapes: false), cancellationToken);
                var processing = model.Entry.Processing;
                var inputs = processing.Inputs.Select((_, index) => (processing.InputName(index), Empty(session.InputShape(processing.InputName(index)))));
                using var outputs = session.Run([.. inputs], [processing.OutputName(0)], cancellationToken);
                warm.Add(model.Entry.Id);
                logger.ModelWarm(model.Entry.Id);
            }
            catch (Exception fault) when (fault is InferenceException or IOException or UnauthorizedAccessException)
            {
                // Who runs it hears the same, and can be told.
                cold.Add(model.Entry.Id);
                logger.ModelCold(fault, model.Entry.Id);
            }
        }

        return (warm, cold);
    }

    private bool IsLoaded(InstalledModel model) =>
        sessions.Loaded().Any(loaded => loaded.File == Path.GetFileName(model.Path));

    private async Task StartWarmAsync(CancellationToken stoppingToken)
    {
        try
        {
            await WarmUpAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    // The first dimension is the number of pictures.
    private static FloatTensor Empty(IReadOnlyList<int> shape) =>
        new([.. shape.Select((size, index) => size > 0 ? size : index == 0 ? 1 : Side)]);
}
