namespace PhotoStudio.Core.Scheduling;

/// <summary>
/// What of the scheduled work is due, who does it, and what came of it. A lease makes one process the leader of a task; its token fences
/// whoever led before. Times are the database's.
/// </summary>
public interface ISchedule
{
    /// <summary>Makes tasks known that are not yet; they are due at once.</summary>
    Task EnsureAsync(IReadOnlyCollection<IScheduledTask> tasks, CancellationToken cancellationToken);

    /// <summary>Those of the tasks that are due and that nobody leads.</summary>
    Task<IReadOnlyList<string>> DueAsync(IReadOnlyCollection<IScheduledTask> tasks, CancellationToken cancellationToken);

    /// <summary>Becomes the leader of a task; the fencing token, or null when somebody else is, or it is not due any more.</summary>
    Task<long?> TryBeginAsync(IScheduledTask task, string holder, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Stays the leader; false when the token no longer holds.</summary>
    Task<bool> RenewAsync(string name, long token, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Writes down what came of a run and ends the lead; false, and nothing written, when the token no longer holds.</summary>
    Task<bool> FinishAsync(string name, long token, TaskOutcome outcome, TimeSpan interval, CancellationToken cancellationToken);

    /// <summary>Has a task run now; false when there is no such task.</summary>
    Task<bool> RequestAsync(string name, CancellationToken cancellationToken);

    /// <summary>Every task, by name.</summary>
    Task<IReadOnlyList<ScheduleEntry>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>What came of a run.</summary>
/// <param name="Succeeded">Whether it did its work.</param>
/// <param name="Message">What came of it, or why it did not work.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record TaskOutcome(bool Succeeded, string Message, double Milliseconds);

/// <summary>A task and its latest run.</summary>
/// <param name="Name">The task.</param>
/// <param name="Description">What it does.</param>
/// <param name="NextAt">When it is due.</param>
/// <param name="Holder">Who runs it now; null when nobody does.</param>
/// <param name="StartedAt">When the latest run began.</param>
/// <param name="FinishedAt">When the latest run ended.</param>
/// <param name="Outcome">What came of the latest run that ended.</param>
public sealed record ScheduleEntry(
    string Name, string Description, DateTimeOffset NextAt, string? Holder, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, TaskOutcome? Outcome);
