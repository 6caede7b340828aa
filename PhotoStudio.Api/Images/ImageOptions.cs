namespace PhotoStudio.Api.Images;

/// <summary>How pictures are kept and handed out. Section <c>Studio:Images</c>.</summary>
public sealed class ImageOptions
{
    /// <summary>Where these options are configured.</summary>
    public const string Section = "Studio:Images";

    /// <summary>Whether uploads get tags for what is detected in them, where an engine is ready that knows names of things.</summary>
    public bool AutoTags { get; set; } = true;

    /// <summary>How sure a detection must be to become a tag, 0–1.</summary>
    public double AutoTagConfidence { get; set; } = 0.5;

    /// <summary>The most detected tags of one picture.</summary>
    public int MaxAutoTags { get; set; } = 10;

    /// <summary>The most pictures of one zip file.</summary>
    public int MaxZipImages { get; set; } = 100;

    /// <summary>The most bytes of the pictures of one zip file together.</summary>
    public long MaxZipBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How many uploads in several requests an owner may have begun and not finished.</summary>
    public int MaxUnfinishedUploads { get; set; } = 20;

    /// <summary>How long an upload in several requests waits for its next part.</summary>
    public TimeSpan UploadLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often what was removed is cleared away where that did not work at once.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(10);
}
