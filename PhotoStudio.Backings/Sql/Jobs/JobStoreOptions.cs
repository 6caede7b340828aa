using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Sql.Jobs;

/// <summary>What an operator can decide about the keeping of jobs.</summary>
public sealed class JobStoreOptions
{
    /// <summary>How many unfinished jobs an owner may have; a submission beyond that is refused.</summary>
    public int MaxUnfinishedPerOwner { get; set; } = 200;

    /// <summary>
    /// How many jobs of a lane may run for one owner at a time; the others wait. Where two are claimed in one moment it can be one more.
    /// </summary>
    public int MaxRunningPerOwner { get; set; } = 64;

    /// <summary>How often and how soon a failed attempt is made again.</summary>
    public RetryPolicy Retry { get; set; } = RetryPolicy.Default;
}
