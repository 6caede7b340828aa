using PhotoStudio.Api.Problems;

namespace PhotoStudio.Api.Submission;

/// <summary>Why a call of any kind is refused although its content is fine.</summary>
internal static class CallProblems
{
    private static readonly TimeSpan QueueFullPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InProgressPause = TimeSpan.FromSeconds(2);

    /// <summary>The owner has as many unfinished jobs as allowed.</summary>
    public static StudioProblem QueueFull(int limit) => QueueFull($"You have {limit} unfinished jobs, as many as allowed. Wait for one to end.");

    /// <summary>The owner has, or would have, more unfinished jobs than allowed.</summary>
    public static StudioProblem QueueFull(string detail) => StudioProblem.Of(ProblemCode.QueueFull, detail) with { RetryAfter = QueueFullPause };

    /// <summary>The Idempotency-Key was used before with other content.</summary>
    public static StudioProblem KeyReused() => StudioProblem.Of(
        ProblemCode.IdempotencyKeyReused,
        "This Idempotency-Key was used within the last 24 hours with other content. Use a new key for new content.");

    /// <summary>The first request with this Idempotency-Key still waits for its result.</summary>
    /// <param name="what">What it made, such as <c>job</c>.</param>
    /// <param name="location">Where that is.</param>
    public static StudioProblem InProgress(string what, string location) => StudioProblem.Of(
        ProblemCode.RequestInProgress, $"The first request with this Idempotency-Key is still running. Its {what} is at Location.") with
    {
        Location = location,
        RetryAfter = InProgressPause,
    };

    /// <summary>What the caller waited for was called off.</summary>
    public static StudioProblem Cancelled(string what, string location) =>
        StudioProblem.Of(ProblemCode.JobCancelled, $"The {what} was called off.") with { Location = location };
}
