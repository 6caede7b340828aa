namespace PhotoStudio.Api.Batches;

/// <summary>How large batches may be. Section <c>Studio:Batches</c>.</summary>
public sealed class BatchOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Studio:Batches";

    /// <summary>The most pictures of one batch.</summary>
    public int MaxItems { get; set; } = 100;

    /// <summary>
    /// The largest body of a batch, in bytes: it is in memory while it is read. More pictures than fit come by URL or as stored pictures.
    /// </summary>
    public long MaxBodyBytes { get; set; } = 64 * 1024 * 1024;
}
