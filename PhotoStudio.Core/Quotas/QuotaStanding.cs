using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Quotas;

/// <summary>Where an owner stands with one daily quota.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Limit">How many there are in a day; null when there is no limit.</param>
/// <param name="Used">How many are taken and were not given back.</param>
/// <param name="Now">When this was so.</param>
public sealed record QuotaStanding(QuotaKind Kind, int? Limit, int Used, DateTimeOffset Now)
{
    /// <summary>How many are left, at least 0; null when there is no limit.</summary>
    public int? Remaining => Limit is { } limit ? Math.Max(0, limit - Used) : null;

    /// <summary>When the next UTC day begins, and with it the quota again.</summary>
    public DateTimeOffset ResetsAt => new(Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    /// <summary>Whether so many more may be taken.</summary>
    public bool Allows(int units) => Limit is not { } limit || Used + units <= limit;
}

/// <summary>Where an owner stands with every daily quota.</summary>
/// <param name="Plan">The plan's name; see <see cref="QuotaLimits"/>.</param>
/// <param name="Standings">One for every kind, in the order of <see cref="QuotaKinds.All"/>.</param>
public sealed record QuotaReport(string Plan, IReadOnlyList<QuotaStanding> Standings)
{
    /// <summary>The standing of a kind.</summary>
    public QuotaStanding Of(QuotaKind kind) => Standings.Single(standing => standing.Kind == kind);
}
