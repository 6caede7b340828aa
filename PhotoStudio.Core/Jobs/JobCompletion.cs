using PhotoStudio.Core.Images;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Core.Jobs;

/// <summary>What a successful attempt delivers.</summary>
/// <param name="Engine">What ran it.</param>
/// <param name="Results">The pictures, already stored as blobs under keys of this attempt.</param>
/// <param name="Data">JSON for an operation that delivers data.</param>
public sealed record JobCompletion(EngineReport Engine, IReadOnlyList<StudioImage> Results, string? Data = null);
