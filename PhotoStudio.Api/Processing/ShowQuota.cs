using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Styles;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Api.Processing;

/// <summary>What is left of the caller's daily quotas.</summary>
internal static class ShowQuota
{
    public static async Task<Ok<Envelope<ProcessingQuotaResource>>> HandleAsync(Caller caller, IQuotas quotas, CancellationToken cancellationToken)
    {
        var report = await quotas.ReadAsync(caller.Owner, cancellationToken);
        return TypedResults.Ok(new Envelope<ProcessingQuotaResource>(
            new ProcessingQuotaResource(
                report.Plan,
                caller.IsPremium(),
                report.Standings.ToDictionary(
                    standing => standing.Kind.WireName(), standing => new DailyQuotaResource(standing.Limit, standing.Used, standing.Remaining), StringComparer.Ordinal),
                report.Standings[0].ResetsAt),
            "Your daily quotas. What fails or is called off is given back."));
    }
}

/// <summary>What is left of the caller's daily quotas.</summary>
/// <param name="Plan">free, premium, service, guest, personal or none.</param>
/// <param name="IsPremium">Whether the caller has a premium account.</param>
/// <param name="Quotas">By kind: generation, edit, style_transfer and uploads.</param>
/// <param name="ResetsAt">When they begin anew: at the end of the UTC day.</param>
public sealed record ProcessingQuotaResource(string Plan, bool IsPremium, IReadOnlyDictionary<string, DailyQuotaResource> Quotas, DateTimeOffset ResetsAt);

/// <summary>A daily quota.</summary>
/// <param name="Limit">How many a day; null when there is no limit.</param>
/// <param name="Used">How many of today are taken.</param>
/// <param name="Remaining">How many are left; null when there is no limit.</param>
public sealed record DailyQuotaResource(int? Limit, int Used, int? Remaining);
