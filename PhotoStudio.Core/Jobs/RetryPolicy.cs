namespace PhotoStudio.Core.Jobs;

/// <summary>How often, and how soon, a failed attempt is made again.</summary>
/// <param name="MaxFailures">Failed attempts after which the job is given up and becomes a dead letter; at least 1.</param>
/// <param name="FirstDelay">Pause after the first failure.</param>
/// <param name="MaxDelay">Longest pause.</param>
public sealed record RetryPolicy(int MaxFailures, TimeSpan FirstDelay, TimeSpan MaxDelay)
{
    /// <summary>Three attempts, 2 s then 4 s apart, never more than 5 minutes.</summary>
    public static RetryPolicy Default { get; } = new(3, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));

    /// <summary>The pause after the given number of failures: doubled each time, up to <see cref="MaxDelay"/>.</summary>
    public TimeSpan DelayAfter(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var factor = Math.Pow(2, failures - 1);
        return factor < MaxDelay / FirstDelay ? FirstDelay * factor : MaxDelay;
    }
}
