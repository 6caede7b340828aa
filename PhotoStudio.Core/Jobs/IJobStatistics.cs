using PhotoStudio.Core.Accounts;

namespace PhotoStudio.Core.Jobs;

/// <summary>Sums over an owner's jobs.</summary>
public interface IJobStatistics
{
    /// <summary>The sums.</summary>
    /// <param name="owner">Whose jobs.</param>
    /// <param name="days">How many days of UTC to count one by one, 1 to 31; the last of them is today by the database's clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<JobStatistics> OfAsync(Owner owner, int days, CancellationToken cancellationToken);
}

/// <summary>Sums over jobs that are still in the store.</summary>
/// <param name="ByState">Jobs by state; states without any are left out.</param>
/// <param name="ByOperation">Jobs by operation.</param>
/// <param name="MeanDuration">Mean time in a worker of the latest completed jobs; null without any.</param>
/// <param name="PerDay">Accepted jobs day by day, the earliest first.</param>
public sealed record JobStatistics(
    IReadOnlyDictionary<JobState, long> ByState,
    IReadOnlyDictionary<string, long> ByOperation,
    TimeSpan? MeanDuration,
    IReadOnlyList<(DateOnly Day, long Jobs)> PerDay);
