using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Running;

/// <summary>
/// Loads models when the process starts, or when it is asked to, and runs each once on an empty picture, as far as the memory for models
/// goes: on a GPU the first run of a model takes seconds, and the first owner should not wait for it. Which ones at the start says
/// <see cref="ModelStoreOptions.Warm"/>.
/// </summary>
internal sealed class SessionWarmUp(
    IModelStore models,
    OnnxSessions sessions,
    ExecutionDevice device,
    IOptions<ModelStoreOptions> options,
    ILogger<SessionWarmUp> logger) : BackgroundService
{
    // For sides of any size.
    private const int Side = 64;

    private readonly IList<string> _wanted = options.Value.Warm;

    private bool All => _wanted.Contains(ModelStoreOptions.WarmAll) || (_wanted.Count == 0 && device.Provider is not null);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var name in options.Value.Preferred.Where(name => !models.Catalogue.All.Any(entry => entry.Is(name)))) logger.NotPreferred(name);
        return (All || _wanted.Count > 0) && device.Missing is null
            ? Task.Run(() => StartWarmAsync(stoppingToken), CancellationToken.None)
            : Task.CompletedTask;
    }

    /// <summary>Loads and runs the model of every family that runs.</summary>
    /// <param name="cancellationToken">Ends it between two models.</param>
    /// <returns>The ids of the models that are warm now, and of those that could not be, or for which there was no memory.</returns>
    public async Task<(IReadOnlyList<string> Warm, IReadOnlyList<string> Cold)> WarmUpAsync(CancellationToken cancellationToken)
    {
        List<string> warm = [], cold = [];
        foreach (var family in models.Catalogue.All.Select(entry => entry.Family).Distinct(StringComparer.Ordinal))
        {
            if (models.FindFamily(family) is not { } model) continue;
            (await WarmUpAsync(model, cancellationToken) ? warm : cold).Add(model.Entry.Id);
        }

        return (warm, cold);
    }

    private async Task StartWarmAsync(CancellationToken stoppingToken)
    {
        try
        {
            await models.SettleAsync(stoppingToken);

            // Those that are named come first: they are to have the memory.
            foreach (var id in _wanted.Except([ModelStoreOptions.WarmAll, ModelStoreOptions.WarmNone]))
            {
                if (!models.Catalogue.TryFind(id, out _)) logger.NotWarm(id, "the catalogue has no such model");
                else if (models.Find(id) is not { } model) logger.NotWarm(id, models.Missing(id) ?? "it is not installed");
                else await WarmUpAsync(model, stoppingToken);
            }

            if (All) await WarmUpAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> WarmUpAsync(InstalledModel model, CancellationToken cancellationToken)
    {
        try
        {
            // Loading one must not unload another that was just warmed up.
            if (!IsLoaded(model) && sessions.LoadedBytes + new FileInfo(model.Path).Length > sessions.Budget)
            {
                logger.NotWarm(model.Entry.Id, "the memory for models is full (Studio:Inference:Models:MemoryBytes)");
                return false;
            }

            using var session = await sessions.AcquireAsync(model.ToOnnx(checkShapes: false), cancellationToken);
            var processing = model.Entry.Processing;
            var inputs = processing.Inputs.Select((_, index) => (processing.InputName(index), Empty(session.InputShape(processing.InputName(index)))));
            using var outputs = session.Run([.. inputs], [processing.OutputName(0)], cancellationToken);
            logger.ModelWarm(model.Entry.Id);
            return true;
        }
        catch (Exception fault) when (fault is InferenceException or IOException or UnauthorizedAccessException)
        {
            // Who runs it hears the same, and can be told.
            logger.ModelCold(fault, model.Entry.Id);
            return false;
        }
    }

    private bool IsLoaded(InstalledModel model) =>
        sessions.Loaded().Any(loaded => loaded.File == Path.GetFileName(model.Path));

    // The first dimension is the number of pictures.
    private static FloatTensor Empty(IReadOnlyList<int> shape) =>
        new([.. shape.Select((size, index) => size > 0 ? size : index == 0 ? 1 : Side)]);
}
