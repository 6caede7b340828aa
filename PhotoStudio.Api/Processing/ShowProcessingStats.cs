using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Core;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Processing;

/// <summary>The caller's jobs and results in numbers.</summary>
internal static class ShowProcessingStats
{
    private const int Days = 7;
    private const int TopStyles = 5;

    public static async Task<Ok<Envelope<ProcessingStatsResource>>> HandleAsync(
        Caller caller,
        IJobStatistics statistics,
        IImageLibrary library,
        IStyleOpinions opinions,
        IStyleStore styles,
        CancellationToken cancellationToken)
    {
        var owner = caller.Owner;
        var jobs = await statistics.OfAsync(owner, Days, cancellationToken);
        var images = await library.StatisticsAsync(owner, cancellationToken);
        var used = (await opinions.ListAsync(owner, new PageRequest(1, PageRequest.MaxSize), cancellationToken)).Items
            .Where(opinion => opinion.Uses > 0).OrderByDescending(opinion => opinion.Uses).Take(TopStyles).ToList();
        var names = used.Count == 0 ? [] : (await styles.AllAsync(cancellationToken)).ToDictionary(style => style.Id, style => style.Name);

        long Count(JobState state) => jobs.ByState.GetValueOrDefault(state);
        var ended = Count(JobState.Completed) + Count(JobState.Failed);
        return TypedResults.Ok(new Envelope<ProcessingStatsResource>(
            new ProcessingStatsResource
            {
                TotalJobs = jobs.ByState.Values.Sum(),
                ByStatus = Enum.GetValues<JobState>().ToDictionary(state => state.WireName(), Count, StringComparer.Ordinal),
                ByJobType = jobs.ByOperation,
                SuccessRate = ended == 0 ? null : Math.Round((double)Count(JobState.Completed) / ended, 4),
                AverageProcessingSeconds = jobs.MeanDuration is { } mean ? Math.Round(mean.TotalSeconds, 3) : null,
                TotalResults = images.Results,
                TotalDownloads = images.Downloads,
                PerDay = [.. jobs.PerDay.Select(day => new JobsOfDayResource(day.Day, day.Jobs))],
                TopStyles = [.. used.Select(opinion => new UsedStyleResource(opinion.StyleId, names.GetValueOrDefault(opinion.StyleId, ""), opinion.Uses))],
            },
            "Your jobs in numbers."));
    }
}

/// <summary>The caller's jobs and results in numbers. Jobs that were cleaned away are not counted any more.</summary>
public sealed record ProcessingStatsResource
{
    /// <summary>Jobs.</summary>
    public required long TotalJobs { get; init; }

    /// <summary>Jobs by status.</summary>
    public required IReadOnlyDictionary<string, long> ByStatus { get; init; }

    /// <summary>Jobs by operation.</summary>
    public required IReadOnlyDictionary<string, long> ByJobType { get; init; }

    /// <summary>The share of completed jobs among those that completed or failed, 0–1; null without any.</summary>
    public double? SuccessRate { get; init; }

    /// <summary>Mean seconds in a worker of the latest completed jobs; null without any.</summary>
    public double? AverageProcessingSeconds { get; init; }

    /// <summary>Results that are not deleted.</summary>
    public required long TotalResults { get; init; }

    /// <summary>Downloads of pictures.</summary>
    public required long TotalDownloads { get; init; }

    /// <summary>Jobs of the last seven days of UTC, the earliest first.</summary>
    public required IReadOnlyList<JobsOfDayResource> PerDay { get; init; }

    /// <summary>The styles used most.</summary>
    public required IReadOnlyList<UsedStyleResource> TopStyles { get; init; }
}

/// <summary>Jobs of a day.</summary>
/// <param name="Date">The day, in UTC.</param>
/// <param name="Jobs">Jobs that were accepted.</param>
public sealed record JobsOfDayResource(DateOnly Date, long Jobs);

/// <summary>A style and how often the caller used it.</summary>
/// <param name="Id">The style.</param>
/// <param name="Name">What people call it.</param>
/// <param name="UsageCount">Jobs that took it.</param>
public sealed record UsedStyleResource(Guid Id, string Name, long UsageCount);
