using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Api.Quotas;

/// <summary>Where a caller stands with the daily quotas.</summary>
/// <param name="Plan">The plan: free, premium, service, guest, personal or none.</param>
/// <param name="Quotas">One for every kind.</param>
/// <param name="ResetsAt">When they begin anew.</param>
public sealed record QuotaResource(string Plan, IReadOnlyList<QuotaKindResource> Quotas, DateTimeOffset ResetsAt)
{
    internal static QuotaResource From(QuotaReport report) => new(
        report.Plan,
        [.. report.Standings.Select(standing => new QuotaKindResource(standing.Kind.WireName(), standing.Limit, standing.Used, standing.Remaining))],
        report.Standings[0].ResetsAt);
}

/// <summary>One daily quota.</summary>
/// <param name="Kind">Which: generation, edit, style_transfer, uploads.</param>
/// <param name="Limit">How many a day; null when there is no limit.</param>
/// <param name="Used">How many of today are taken.</param>
/// <param name="Remaining">How many are left; null when there is no limit.</param>
public sealed record QuotaKindResource(string Kind, int? Limit, int Used, int? Remaining);
