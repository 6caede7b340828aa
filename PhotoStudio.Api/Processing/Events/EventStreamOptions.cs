using System.ComponentModel.DataAnnotations;

namespace PhotoStudio.Api.Processing.Events;

/// <summary>How event streams behave. Section <c>Studio:EventStreams</c>.</summary>
public sealed class EventStreamOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Studio:EventStreams";

    /// <summary>How long a stream may be silent before a comment is sent, so that proxies keep it open.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a stream stays open; ingresses cut at four minutes. The client comes back with <c>Last-Event-ID</c>.</summary>
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromSeconds(230);

    /// <summary>How long a client is asked to wait before it comes back.</summary>
    public TimeSpan ReconnectAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Streams this process keeps open at a time.</summary>
    [Range(1, 1_000_000)]
    public int MaxWatchers { get; set; } = 10_000;
}
