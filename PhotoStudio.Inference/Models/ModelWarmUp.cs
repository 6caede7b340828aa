using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Models;

/// <summary>Puts the models of <see cref="ModelStoreOptions.Warm"/> into memory when the process starts.</summary>
internal sealed class ModelWarmUp(
    ModelStore store, OnnxSessions sessions, IOptions<ModelStoreOptions> options, ILogger<ModelWarmUp> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.Warm.Count == 0 ? Task.CompletedTask : Task.Run(() => WarmAsync(stoppingToken), CancellationToken.None);

    private async Task WarmAsync(CancellationToken stoppingToken)
    {
        try
        {
            var view = await store.ScanAsync(stoppingToken);
            foreach (var id in options.Value.Warm)
            {
                if (!store.Catalogue.TryFind(id, out _)) logger.NotWarm(id, "the catalogue has no such model");
                else if (!view.Installed.TryGetValue(id, out var model)) logger.NotWarm(id, store.Missing(id) ?? "it is not installed");
                else await LoadAsync(model, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task LoadAsync(InstalledModel model, CancellationToken stoppingToken)
    {
        try
        {
            using var session = await sessions.AcquireAsync(model.ToOnnx(), stoppingToken);
        }
        catch (InferenceException fault)
        {
            logger.NotWarm(model.Entry.Id, fault.Message);
        }
    }
}
