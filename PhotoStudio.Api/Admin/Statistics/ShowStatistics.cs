using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Quotas;
using PhotoStudio.Core.Statistics;

namespace PhotoStudio.Api.Admin.Statistics;

internal static class ShowStatistics
{
    private const int MaxDays = 366;
    private const int DefaultDays = 30;

    public static async Task<Results<Ok<Envelope<StatisticsResource>>, StudioProblem>> HandleAsync(
        HttpRequest request, IUsageStatistics statistics, IQuotas quotas, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var days = query.Number("days", 1, MaxDays) ?? DefaultDays;
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var operations = await statistics.ReadAsync(days, cancellationToken);
        var used = await quotas.UseAsync(days, cancellationToken);
        return TypedResults.Ok(new Envelope<StatisticsResource>(
            new StatisticsResource(operations, [.. used.Select(use => new QuotaDayResource(use.Day, use.Kind.WireName(), use.Units, use.Owners))]),
            "What the studio did."));
    }
}

/// <summary>What the studio did, day by day, newest first.</summary>
/// <param name="Operations">How often operations ended how.</param>
/// <param name="Quotas">What was used of the daily quotas.</param>
public sealed record StatisticsResource(IReadOnlyList<OperationDay> Operations, IReadOnlyList<QuotaDayResource> Quotas);

/// <summary>What was used of a daily quota.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Kind">Which quota.</param>
/// <param name="Units">How many units, by everybody.</param>
/// <param name="Owners">By how many owners.</param>
public sealed record QuotaDayResource(DateOnly Day, string Kind, int Units, int Owners);
