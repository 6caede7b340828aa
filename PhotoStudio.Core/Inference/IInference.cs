namespace PhotoStudio.Core.Inference;

/// <summary>
/// Runs operations on pictures. A direct call in the standalone studio, HTTP between services. It keeps nothing, so any
/// instance serves any run; cancelling the call stops the work.
/// </summary>
public interface IInference
{
    /// <summary>Runs an operation.</summary>
    /// <param name="request">What to run on what.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InferenceException">It could not be done; the kind says whose fault it is and whether to try again.</exception>
    Task<InferenceResult> RunAsync(InferenceRequest request, IProgress<InferenceProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Every engine and whether it is ready.</summary>
    Task<IReadOnlyList<EngineStatus>> EnginesAsync(CancellationToken cancellationToken);
}

/// <summary>One run.</summary>
/// <param name="RunId">Names the run in logs and traces: job and attempt.</param>
/// <param name="Operation">The operation's wire name.</param>
/// <param name="Parameters">Its validated parameters as JSON.</param>
/// <param name="Inputs">The pictures' files.</param>
public sealed record InferenceRequest(string RunId, string Operation, string Parameters, IReadOnlyList<InferenceInput> Inputs);

/// <summary>A picture's file.</summary>
/// <param name="Slot">The input slot's wire name.</param>
/// <param name="File">The bytes as they were uploaded.</param>
public sealed record InferenceInput(string Slot, ReadOnlyMemory<byte> File);

/// <summary>How far a run is.</summary>
/// <param name="Fraction">0–1.</param>
/// <param name="Stage">What the engine is doing, a short phrase.</param>
public sealed record InferenceProgress(double Fraction, string? Stage = null);

/// <summary>What a run delivered.</summary>
/// <param name="Outputs">Pictures' files, in order.</param>
/// <param name="Engine">What ran it.</param>
/// <param name="Data">JSON for an operation that delivers data.</param>
public sealed record InferenceResult(IReadOnlyList<InferenceOutput> Outputs, EngineReport Engine, string? Data = null);

/// <summary>A picture's file.</summary>
/// <param name="File">The encoded bytes.</param>
/// <param name="ContentType">Their media type.</param>
/// <param name="Extension">The file name extension that goes with it, without a dot.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public sealed record InferenceOutput(ReadOnlyMemory<byte> File, string ContentType, string Extension, int Width, int Height);
