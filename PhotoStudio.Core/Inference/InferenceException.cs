namespace PhotoStudio.Core.Inference;

/// <summary>A run could not be done. The message is fit to show to the owner.</summary>
public sealed class InferenceException(InferenceFault fault, string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whose fault it is and whether to try again.</summary>
    public InferenceFault Fault => fault;

    /// <summary>A stable snake_case code.</summary>
    public string Code => code;

    /// <summary>When it is worth another try, for <see cref="InferenceFault.Busy"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Whose fault a failed run is.</summary>
public enum InferenceFault
{
    /// <summary>The request: it fails again however often it is tried.</summary>
    InvalidInput,

    /// <summary>No engine is ready for the operation; the message names what is missing and how to get it.</summary>
    Unavailable,

    /// <summary>Every slot and every place in the queue is taken; nothing was begun.</summary>
    Busy,

    /// <summary>The engine or its machine broke; another try may succeed.</summary>
    Broken,
}
