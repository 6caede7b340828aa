namespace PhotoStudio.Core.Images;

/// <summary>What moderation found in a picture, and what a person made of it.</summary>
/// <param name="Score">The highest score of a category, 0–1.</param>
/// <param name="Threshold">The score from which the picture is kept from others.</param>
/// <param name="Flagged">Whether a person should look.</param>
/// <param name="Categories">The categories with a score above zero.</param>
/// <param name="Method">What judged.</param>
/// <param name="CheckedAt">When it judged.</param>
public sealed record ImageModeration(
    double Score, double Threshold, bool Flagged, IReadOnlyDictionary<string, double> Categories, string Method, DateTimeOffset CheckedAt)
{
    /// <summary>The score from which a picture is kept from others, unless a studio is set up otherwise.</summary>
    public const double DefaultThreshold = 0.8;

    /// <summary>A person's decision, which counts instead.</summary>
    public ModerationOverruling? Overruling { get; init; }

    /// <summary>Whether the picture may be shown to others.</summary>
    public bool IsSafe => Overruling?.Safe ?? Score < Threshold;
}

/// <summary>A person's decision about a picture.</summary>
/// <param name="Safe">Whether it may be shown to others.</param>
/// <param name="By">The owner who decided, in written form.</param>
/// <param name="Note">Why.</param>
/// <param name="At">When.</param>
public sealed record ModerationOverruling(bool Safe, string By, string? Note, DateTimeOffset At);
