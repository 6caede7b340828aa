namespace PhotoStudio.Core.Moderation;

/// <summary>Judges what a prompt asks for, before anything is made of it.</summary>
public interface IPromptModeration
{
    /// <summary>Judges a prompt in any language the adapter knows. Fast enough to ask before every job; any text is welcome.</summary>
    PromptJudgement Judge(string prompt);
}

/// <summary>What a prompt was found to ask for.</summary>
/// <param name="Categories">Every category of <see cref="ModerationCategories"/> with its score, 0 (nothing) to 1 (certain).</param>
public sealed record PromptJudgement(IReadOnlyDictionary<string, double> Categories)
{
    /// <summary>The score from which a prompt deserves a look by a person.</summary>
    public const double FlagThreshold = 0.5;

    /// <summary>The score from which a prompt is refused, unless a studio is set up otherwise.</summary>
    public const double BlockThreshold = 0.8;

    /// <summary>The highest score.</summary>
    public double Score { get; } = Categories.Count == 0 ? 0 : Categories.Values.Max();

    /// <summary>The categories at or above a score, the highest first.</summary>
    public IReadOnlyList<string> At(double threshold) => Score < threshold ? [] :
    [
        .. Categories.Where(category => category.Value >= threshold)
            .OrderByDescending(category => category.Value)
            .ThenBy(category => category.Key, StringComparer.Ordinal)
            .Select(category => category.Key),
    ];
}

/// <summary>The categories by wire name.</summary>
public static class ModerationCategories
{
    /// <summary>Nudity and sexual acts.</summary>
    public const string Sexual = "sexual";

    /// <summary>Anything sexual about minors.</summary>
    public const string Minors = "minors";

    /// <summary>Gore, torture and killing.</summary>
    public const string Violence = "violence";

    /// <summary>Slurs and calls against groups of people.</summary>
    public const string Hate = "hate";

    /// <summary>Insults and threats against a person.</summary>
    public const string Harassment = "harassment";

    /// <summary>Suicide and self-injury.</summary>
    public const string SelfHarm = "self-harm";

    /// <summary>Drugs, weapons of terror, forged papers.</summary>
    public const string Illicit = "illicit";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Sexual, Minors, Violence, Hate, Harassment, SelfHarm, Illicit];
}
