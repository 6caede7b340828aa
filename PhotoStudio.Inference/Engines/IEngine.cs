using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Engines;

/// <summary>
/// Performs one operation. Engines are singletons and thread-safe; a run keeps its state in <see cref="EngineRun"/>.
/// The runner decodes the limits, admits the run by memory, encodes the outputs and fills the report; the engine only
/// turns pictures into pictures.
/// </summary>
public interface IEngine
{
    /// <summary>The operation's wire name.</summary>
    string Operation { get; }

    /// <summary>The engine's name in reports and configuration, kebab-case, unique within the operation.</summary>
    string Name { get; }

    /// <summary>Its tier.</summary>
    EngineTier Tier { get; }

    /// <summary>The version of its algorithm; changes whenever results do.</summary>
    string Version { get; }

    /// <summary>Where it runs, such as <c>cpu</c>.</summary>
    string Device => "cpu";

    /// <summary>What it lacks to run and the command to get it; null when it is ready. Cheap: asked before every run.</summary>
    string? Missing => null;

    /// <summary>The most memory a run takes beyond the files themselves, in bytes.</summary>
    long MemoryFor(EngineRun run);

    /// <summary>
    /// Runs the operation. CPU-bound engines work on the calling thread, which the runner provides, and use at most
    /// <see cref="EngineRun.Cores"/> threads.
    /// </summary>
    /// <exception cref="InferenceException">The input cannot be worked on; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; engines look at the token at least every 200 ms.</exception>
    Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken);
}
