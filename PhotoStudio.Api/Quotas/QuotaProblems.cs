using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Telemetry;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Api.Quotas;

/// <summary>Refusals because of a daily quota.</summary>
internal static class QuotaProblems
{
    /// <summary>429: it costs more than is left today.</summary>
    public static StudioProblem Exceeded(QuotaStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        ApiTelemetry.QuotaRejected(standing);
        var what = standing.Kind switch
        {
            QuotaKind.Generation => "generations",
            QuotaKind.Edit => "edits",
            QuotaKind.StyleTransfer => "style transfers",
            QuotaKind.Uploads => "uploads",
            _ => standing.Kind.WireName(),
        };
        var detail = standing.Remaining == 0
            ? $"Your {standing.Limit} {what} of today are used up. There are new ones at {standing.ResetsAt:u}."
            : $"Of your {standing.Limit} {what} a day {standing.Remaining} are left, and this takes more. There are new ones at {standing.ResetsAt:u}.";
        return StudioProblem.Of(ProblemCode.QuotaExceeded, detail) with
        {
            RetryAfter = TimeSpan.FromSeconds(QuotaHeaders.SecondsLeft(standing)),
            Quota = standing,
        };
    }
}
