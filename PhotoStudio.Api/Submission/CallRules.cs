using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Submission;

/// <summary>How one endpoint calls an operation.</summary>
public sealed record CallRules
{
    /// <summary>The rules of <c>POST /api/v1/operations/{name}</c>: wait for the result, refuse unknown parameters.</summary>
    public static CallRules Default { get; } = new();

    /// <summary>Whether the call answers 202 at once unless the caller prefers to wait.</summary>
    public bool Asynchronous { get; init; }

    /// <summary>Whether a name that the operation does not know is a fault or is passed over.</summary>
    public bool RejectUnknown { get; init; } = true;

    /// <summary>Names of this endpoint's fields that mean a parameter of another name, such as <c>size</c> for <c>width</c>.</summary>
    public IReadOnlyDictionary<string, string> Renames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Names of this endpoint's fields that are no parameters.</summary>
    public IReadOnlySet<string> Ignored { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Values that hold unless the caller gives others.</summary>
    public IReadOnlyDictionary<string, RawValue> Presets { get; init; } = new Dictionary<string, RawValue>(StringComparer.Ordinal);

    /// <summary>Whether the prompt is refined, and the engine given what comes of it.</summary>
    public bool RefinesPrompt { get; init; }

    /// <summary>Who goes first when slots are scarce.</summary>
    public JobLane Lane { get; init; }
}
