namespace PhotoStudio.Backings.LanguageModels;

/// <summary>A language model gave nothing that can be used. The message is fit for anyone's eyes: nothing of the provider's answer is in it.</summary>
public sealed class LanguageModelException(LanguageModelOutcome outcome, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What happened.</summary>
    public LanguageModelOutcome Outcome { get; } = outcome;

    /// <summary>When the provider wants to be asked again, where it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>How a call ended; also the <c>outcome</c> of the metric <c>studio.remote.requests</c>.</summary>
public enum LanguageModelOutcome
{
    /// <summary>A good answer.</summary>
    Answered,

    /// <summary>The answer was not what was asked for, twice.</summary>
    Invalid,

    /// <summary>The model declined, or its provider's filter did.</summary>
    Declined,

    /// <summary>The answer broke off.</summary>
    Cut,

    /// <summary>The answer was longer than any good one.</summary>
    TooLong,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The provider wants fewer requests.</summary>
    Limited,

    /// <summary>The key is not accepted.</summary>
    Unauthorized,

    /// <summary>The provider did not accept the request: a wrong model's name or a setting that it does not know.</summary>
    Rejected,

    /// <summary>The provider failed or cannot be reached.</summary>
    Failed,

    /// <summary>Not asked: the owner's budget of the day is spent.</summary>
    OverBudget,

    /// <summary>Not asked: the provider is given a rest after failures.</summary>
    Resting,
}
