namespace PhotoStudio.Api.RateLimits;

/// <summary>How many requests are answered. Section <c>Studio:RateLimits</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Studio:RateLimits";

    /// <summary>The time that the limits are for; 1 s to 1 h.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests of one identity in a window; 0 for no limit. Guests have none of their own: whoever forgets an id is another guest.</summary>
    public int PerIdentity { get; set; } = 60_000;

    /// <summary>Requests from one address in a window; 0 for no limit. A whole /64 of IPv6 counts as one address.</summary>
    public int PerAddress { get; set; } = 120_000;

    /// <summary>
    /// The same for the endpoints that store nothing (prompt refinement, validation, extraction): requests from one address in a window;
    /// 0, the default, for no limit.
    /// </summary>
    public int StatelessPerAddress { get; set; }
}
