namespace PhotoStudio.Core.Moderation;

/// <summary>How prompts are moderated, <c>Studio:Moderation</c>.</summary>
public sealed class ModerationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:Moderation";

    /// <summary>Whether prompts are judged at all; the environment name <c>USE_CONTENT_MODERATION</c> is an alias.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The score, 0.5–1, from which a prompt is refused.</summary>
    public double Threshold { get; set; } = PromptJudgement.BlockThreshold;
}
