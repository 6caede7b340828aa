using System.Globalization;
using PhotoStudio.Core.Quotas;

namespace PhotoStudio.Api.Quotas;

/// <summary>
/// Shows daily quotas in <c>RateLimit-Policy</c> and <c>RateLimit</c> (IETF draft-ietf-httpapi-ratelimit-headers): <c>q</c> is the limit,
/// <c>w</c> the window in seconds, <c>r</c> what is left, and <c>t</c> the seconds until it begins anew. A quota without a limit is not shown.
/// </summary>
internal static class QuotaHeaders
{
    /// <summary>The header that says what the limits are.</summary>
    public const string PolicyHeader = "RateLimit-Policy";

    /// <summary>The header that says what is left.</summary>
    public const string RemainingHeader = "RateLimit";

    private const int SecondsOfDay = 86_400;

    /// <summary>Puts where a caller stands with a quota beside what the headers say already.</summary>
    public static void Tell(HttpResponse response, QuotaStanding? standing)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (standing is not { Limit: { } limit, Remaining: { } remaining }) return;
        var name = standing.Kind.WireName();
        response.Headers.Append(PolicyHeader, string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={limit};w={SecondsOfDay}"));
        response.Headers.Append(RemainingHeader, string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={remaining};t={SecondsLeft(standing)}"));
    }

    /// <summary>Seconds until the quota begins anew, at least 1.</summary>
    public static long SecondsLeft(QuotaStanding standing)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return Math.Max(1, (long)Math.Ceiling((standing.ResetsAt - standing.Now).TotalSeconds));
    }
}
