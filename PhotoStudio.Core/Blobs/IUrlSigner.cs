namespace PhotoStudio.Core.Blobs;

/// <summary>
/// Signs paths of this studio, so that a caller without a token (a browser's <c>EventSource</c>, an <c>img</c> element)
/// may open exactly this path until the signature expires.
/// </summary>
public interface IUrlSigner
{
    /// <summary>The path with an expiry and a signature in its query.</summary>
    /// <param name="path">An absolute path without a query, such as <c>/api/v1/processing/jobs/…/events</c>.</param>
    /// <param name="lifetime">How long it works.</param>
    string Sign(string path, TimeSpan lifetime);

    /// <summary>Whether a path with its query was signed here, is unaltered, and has not expired. Other query members are not covered.</summary>
    /// <param name="path">The path without its query.</param>
    /// <param name="query">The query, with or without its question mark.</param>
    bool Verify(string path, string? query);
}
