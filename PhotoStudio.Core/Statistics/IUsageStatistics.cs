namespace PhotoStudio.Core.Statistics;

/// <summary>How often which operation ended how, day by day. Kept when the jobs themselves are gone.</summary>
public interface IUsageStatistics
{
    /// <summary>Counts the last days anew; answers how many rows were written.</summary>
    /// <param name="days">How many UTC days, today included.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<int> RefreshAsync(int days, CancellationToken cancellationToken);

    /// <summary>The last days, newest first, and within a day by operation.</summary>
    Task<IReadOnlyList<OperationDay>> ReadAsync(int days, CancellationToken cancellationToken);
}

/// <summary>How often an operation ended how on a day.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Completed">Jobs that ended with a result.</param>
/// <param name="Failed">Jobs that were given up.</param>
/// <param name="Cancelled">Jobs that were called off.</param>
/// <param name="Owners">Owners of those jobs.</param>
public sealed record OperationDay(DateOnly Day, string Operation, int Completed, int Failed, int Cancelled, int Owners);
