using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Inference.Running;

namespace PhotoStudio.Inference.Engines;

/// <summary>
/// Performs one operation. Engines are singletons and thread-safe; a run keeps its state in <see cref="EngineRun"/>.
/// The runner reads the headers and checks the limits, admits the run by memory, encodes the outputs and fills the report;
/// the engine only turns pictures into pictures. Every class of this assembly that implements this is registered.
/// </summary>
public interface IEngine
{
    /// <summary>The operation's wire name.</summary>
    string Operation { get; }

    /// <summary>The engine's name in reports and configuration, kebab-case, unique within the operation.</summary>
    string Name { get; }

    /// <summary>Its tier.</summary>
    EngineTier Tier { get; }

    /// <summary>Its place among the ready engines of its tier: the highest is taken.</summary>
    int Rank => 0;

    /// <summary>The version of its algorithm; changes whenever results do.</summary>
    string Version { get; }

    /// <summary>Where it runs, such as <c>cpu</c>.</summary>
    string Device => "cpu";

    /// <summary>What it lacks to run and the command to get it; null when it is ready. Cheap: asked before every run.</summary>
    string? Missing => null;

    /// <summary>
    /// Whether it can do what these parameters ask for; where it cannot, the next engine of the operation is asked. Cheap: asked before every
    /// run.
    /// </summary>
    bool Handles(OperationParameters parameters) => true;

    /// <summary>
    /// The most memory a run takes beyond the files it is given, in bytes: decoding with <see cref="RunMemory.UsualDecoding"/>, decoded
    /// pictures, working buffers and the pictures it delivers. What decoding and writing them take in the formats at hand is added by the
    /// runner (<see cref="RunMemory"/>). Tells by the headers; decodes nothing. Above the studio's whole budget the run is refused,
    /// otherwise it waits until so much is free.
    /// </summary>
    /// <exception cref="InferenceException">The result would be larger than is possible.</exception>
    long MemoryFor(EngineRun run);

    /// <summary>
    /// The pixels of the largest picture that a run delivers, by the headers: what writing it takes depends on them. Those of the largest
    /// picture that comes in, unless the engine says otherwise.
    /// </summary>
    long ResultPixels(EngineRun run) => run.Inputs.Select(input => input.Header.Pixels).DefaultIfEmpty(0).Max();

    /// <summary>
    /// Runs the operation. CPU-bound engines work on the calling thread, which the runner provides, and use at most
    /// <see cref="EngineRun.Cores"/> threads.
    /// </summary>
    /// <exception cref="InferenceException">The input cannot be worked on; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; engines look at the token at least every 200 ms.</exception>
    Task<EngineOutput> RunAsync(EngineRun run, CancellationToken cancellationToken);
}
