using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace PhotoStudio.Api.Submission;

/// <summary>How long a caller wants to wait, by the <c>Prefer</c> header (RFC 7240).</summary>
/// <param name="MaxWait">The longest the request waits; zero answers 202 at once.</param>
/// <param name="Detached">Whether the job goes on when the caller goes away.</param>
/// <param name="Applied">The preference that was applied, for <c>Preference-Applied</c>; null when none was.</param>
public sealed record CallPreference(TimeSpan MaxWait, bool Detached, string? Applied)
{
    /// <summary>
    /// Reads the header. <c>respond-async</c> answers 202 at once, <c>wait=n</c> after n seconds, both together likewise;
    /// preferences that are not known or not well formed are passed over, as the RFC wants it.
    /// </summary>
    /// <param name="header">The values of the header.</param>
    /// <param name="asynchronous">Whether the endpoint answers 202 at once when the caller prefers nothing.</param>
    /// <param name="maxWait">The longest wait that is granted.</param>
    public static CallPreference Read(StringValues header, bool asynchronous, TimeSpan maxWait)
    {
        var respondAsync = false;
        TimeSpan? wait = null;
        foreach (var preference in header.SelectMany(value => (value ?? "").Split(',')))
        {
            var token = preference.Split(';')[0].Trim();
            if (token.Equals("respond-async", StringComparison.OrdinalIgnoreCase)) respondAsync = true;
            else if (wait is null) wait = ReadWait(token);
        }

        if (wait is { } asked)
        {
            var granted = asked < maxWait ? asked : maxWait;
            return new CallPreference(granted, Detached: true, $"wait={granted.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)}");
        }

        if (respondAsync) return new CallPreference(TimeSpan.Zero, Detached: true, "respond-async");
        return asynchronous ? new CallPreference(TimeSpan.Zero, Detached: true, null) : new CallPreference(maxWait, Detached: false, null);
    }

    private static TimeSpan? ReadWait(string token)
    {
        if (token.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, var value]) return null;
        if (!name.Equals("wait", StringComparison.OrdinalIgnoreCase)) return null;
        var isNumber = int.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        return isNumber ? TimeSpan.FromSeconds(seconds) : null;
    }
}
