namespace PhotoStudio.Backings.LanguageModels;

/// <summary>
/// Whether a provider may be asked. It is left alone for as long as it asks to be, for a while after its key was refused, and after several
/// failures in a row, so that nobody waits for what will fail. Thread-safe.
/// </summary>
public sealed class LanguageModelRest(TimeProvider time)
{
    private const int FailuresInRow = 3;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private readonly Lock gate = new();
    private DateTimeOffset until = DateTimeOffset.MinValue;
    private int failures;

    /// <summary>For how long it must not be asked; zero when it may be.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (gate)
            {
                var left = until - time.GetUtcNow();
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Takes notice of how a call ended.</summary>
    public void Note(LanguageModelOutcome outcome, TimeSpan? retryAfter = null)
    {
        lock (gate)
        {
            failures = outcome is LanguageModelOutcome.TimedOut or LanguageModelOutcome.Failed or LanguageModelOutcome.Cut ? failures + 1 : 0;
            var rest = outcome switch
            {
                LanguageModelOutcome.Limited => retryAfter ?? Short,
                LanguageModelOutcome.Unauthorized or LanguageModelOutcome.Rejected => Long,
                _ when retryAfter is { } asked => asked,
                _ when failures >= FailuresInRow => Short,
                _ => TimeSpan.Zero,
            };
            var end = time.GetUtcNow() + (rest > Longest ? Longest : rest);
            if (end > until) until = end;
        }
    }
}
