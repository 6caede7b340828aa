using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Templates;

/// <summary>A job that is ready but for its picture or its prompt: an operation with some of its parameters set.</summary>
/// <param name="Id">Identifies the template.</param>
/// <param name="Owner">Whose; null for one of the studio's own, which everybody has.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Parameters">A JSON object of parameters; those that are missing have their defaults or come with the call.</param>
public sealed record JobTemplate(Guid Id, Owner? Owner, string Name, string Operation, string Parameters)
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 500;

    /// <summary>The most parameters as JSON, in characters.</summary>
    public const int MaxParametersLength = 8 * 1024;

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>How often its owner used it; of the studio's own nobody counts.</summary>
    public long Uses { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the changes.</summary>
    public long Version { get; init; }
}
