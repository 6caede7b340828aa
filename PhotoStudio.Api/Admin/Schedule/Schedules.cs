using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Scheduling;

namespace PhotoStudio.Api.Admin.Schedule;

internal static class Schedules
{
    public static async Task<Ok<Envelope<IReadOnlyList<ScheduledTaskResource>>>> ListAsync(ISchedule schedule, CancellationToken cancellationToken)
    {
        IReadOnlyList<ScheduledTaskResource> tasks = [.. (await schedule.ListAsync(cancellationToken)).Select(ScheduledTaskResource.From)];
        return TypedResults.Ok(new Envelope<IReadOnlyList<ScheduledTaskResource>>(tasks, "The scheduled work."));
    }

    public static async Task<Results<Accepted<Envelope<IReadOnlyList<ScheduledTaskResource>>>, StudioProblem>> RunAsync(
        string name, ISchedule schedule, CancellationToken cancellationToken)
    {
        if (!await schedule.RequestAsync(name, cancellationToken)) return StudioProblem.Missing("scheduled task");
        IReadOnlyList<ScheduledTaskResource> task =
            [.. (await schedule.ListAsync(cancellationToken)).Where(entry => entry.Name == name).Select(ScheduledTaskResource.From)];
        return TypedResults.Accepted("/api/v1/admin/schedule", new Envelope<IReadOnlyList<ScheduledTaskResource>>(task, "The task is run now."));
    }
}

/// <summary>A scheduled task and its latest run.</summary>
/// <param name="Name">The task.</param>
/// <param name="Description">What it does.</param>
/// <param name="NextRunAt">When it is due.</param>
/// <param name="RunningOn">The process that runs it now; null when none does.</param>
/// <param name="LastStartedAt">When the latest run began.</param>
/// <param name="LastFinishedAt">When the latest run ended.</param>
/// <param name="LastSucceeded">Whether it did its work; null before the first run.</param>
/// <param name="LastMessage">What came of it.</param>
/// <param name="LastMilliseconds">How long it took.</param>
public sealed record ScheduledTaskResource(
    string Name,
    string Description,
    DateTimeOffset NextRunAt,
    string? RunningOn,
    DateTimeOffset? LastStartedAt,
    DateTimeOffset? LastFinishedAt,
    bool? LastSucceeded,
    string? LastMessage,
    double? LastMilliseconds)
{
    internal static ScheduledTaskResource From(ScheduleEntry entry) => new(
        entry.Name,
        entry.Description,
        entry.NextAt,
        entry.Holder,
        entry.StartedAt,
        entry.FinishedAt,
        entry.Outcome?.Succeeded,
        entry.Outcome?.Message,
        entry.Outcome?.Milliseconds);
}
