namespace PhotoStudio.Core.Inference;

/// <summary>What ran an operation; part of every result's metadata.</summary>
/// <param name="Engine">The engine's name.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Version">The version of its algorithm; results of the same version and seed are the same.</param>
/// <param name="Device">Where it ran, such as <c>cpu</c>.</param>
/// <param name="Milliseconds">Time in the engine, decoding included, without waiting and encoding.</param>
public sealed record EngineReport(string Engine, EngineTier Tier, string Version, string Device, double Milliseconds)
{
    /// <summary>The model it used.</summary>
    public string? Model { get; init; }

    /// <summary>The seed it used, for an engine that draws random numbers.</summary>
    public long? Seed { get; init; }

    /// <summary>How sure it is of the result, 0–1, for an engine that can tell.</summary>
    public double? Confidence { get; init; }

    /// <summary>What the owner should know about the result, a sentence each, such as what was asked for and could not be used.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>The tiers of engines, in the order they are preferred.</summary>
public enum EngineTier
{
    /// <summary>A model from the catalogue in ONNX Runtime.</summary>
    Onnx,

    /// <summary>A paid API.</summary>
    Remote,

    /// <summary>An algorithm of the studio's own: no download, deterministic, on the CPU.</summary>
    Builtin,
}

/// <summary>An engine and whether it can run.</summary>
/// <param name="Operation">The operation's wire name.</param>
/// <param name="Engine">The engine's name.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="Version">The version of its algorithm.</param>
/// <param name="Ready">Whether it can run now.</param>
/// <param name="Missing">What it lacks and the command to get it, when it is not ready.</param>
public sealed record EngineStatus(string Operation, string Engine, EngineTier Tier, string Version, bool Ready, string? Missing = null)
{
    /// <summary>Whether it takes the operation now, unless it cannot do what a run's parameters ask for.</summary>
    public bool Takes { get; init; }

    /// <summary>Why another engine takes the operation; null for the one that does.</summary>
    public string? PassedOver { get; init; }
}
