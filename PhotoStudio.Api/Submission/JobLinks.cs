using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Api.Submission;

/// <summary>Where a job and what belongs to it are found.</summary>
public sealed class JobLinks(IUrlSigner signer)
{
    /// <summary>How long a signed events URL works: longer than any job takes, a retry's pauses included.</summary>
    public static readonly TimeSpan EventsLifetime = TimeSpan.FromHours(24);

    /// <summary>The job.</summary>
    public static string Self(Guid jobId) => $"/api/v1/processing/jobs/{jobId:D}";

    /// <summary>Where to POST to call it off.</summary>
    public static string Cancel(Guid jobId) => $"{Self(jobId)}/cancel";

    /// <summary>Its events, without a signature.</summary>
    public static string EventsPath(Guid jobId) => $"{Self(jobId)}/events";

    /// <summary>Its events, signed: a browser's <c>EventSource</c> sends no headers.</summary>
    public string Events(Guid jobId) => signer.Sign(EventsPath(jobId), EventsLifetime);

    /// <summary>Whether a request carries a valid signature for a job's events.</summary>
    public bool MayWatch(Guid jobId, QueryString query) => MayWatch(EventsPath(jobId), query);

    /// <summary>Events of something else than a job, signed as a job's are.</summary>
    public string Events(string eventsPath) => signer.Sign(eventsPath, EventsLifetime);

    /// <summary>Whether a request carries a valid signature for the events at this path.</summary>
    public bool MayWatch(string eventsPath, QueryString query) => signer.Verify(eventsPath, query.Value);
}
