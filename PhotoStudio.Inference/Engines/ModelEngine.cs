using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Engines;

/// <summary>
/// An engine that runs the installed model of a family. It is ready as soon as the file of one is in the store and takes over from the
/// builtin engine without a restart; when the file goes, the builtin one is back.
/// </summary>
/// <param name="operation">The operation's wire name.</param>
/// <param name="family">The family in the catalogue; the engine is named for it.</param>
/// <param name="models">The installed models.</param>
/// <param name="sessions">Loads them.</param>
/// <param name="device">Where they run.</param>
public abstract class ModelEngine(string operation, string family, IModelStore models, OnnxSessions sessions, ExecutionDevice device) : IEngine
{
    /// <inheritdoc/>
    public string Operation => operation;

    /// <inheritdoc/>
    public string Name => family;

    /// <inheritdoc/>
    public EngineTier Tier => EngineTier.Onnx;

    /// <inheritdoc/>
    public virtual int Rank => 0;

    /// <inheritdoc/>
    public virtual string Version => "1";

    /// <inheritdoc/>
    public string Device => device.Name;

    /// <inheritdoc/>
    public virtual string? Missing => device.Missing ?? models.MissingFamily(family);

    /// <summary>The installed models.</summary>
    protected IModelStore Models => models;

    /// <inheritdoc/>
    public virtual bool Handles(Core.Operations.OperationParameters parameters) => true;

    /// <inheritdoc/>
    public abstract long MemoryFor(EngineRun run);

    /// <inheritdoc/>
    public virtual long ResultPixels(EngineRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Inputs.Select(input => input.Header.Pixels).DefaultIfEmpty(0).Max();
    }

    /// <inheritdoc/>
    public abstract Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken);

    /// <summary>The model to use now, and its session; dispose the session when the run is over.</summary>
    /// <exception cref="InferenceException">There is none any more, or it cannot be loaded.</exception>
    protected async Task<(InstalledModel Model, OnnxSession Session)> OpenAsync(CancellationToken cancellationToken)
    {
        var model = models.RequireFamily(family, device.Provider is not null);
        return (model, await OpenAsync(model, cancellationToken));
    }

    /// <summary>The session of a model; dispose it when the run is over.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="checkShapes">See <see cref="ModelTensors.ToOnnx"/>.</param>
    /// <exception cref="InferenceException">It cannot be loaded.</exception>
    protected ValueTask<OnnxSession> OpenAsync(InstalledModel model, CancellationToken cancellationToken, bool checkShapes = true) =>
        sessions.AcquireAsync(model.ToOnnx(checkShapes), cancellationToken);
}
