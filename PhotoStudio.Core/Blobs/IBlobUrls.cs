namespace PhotoStudio.Core.Blobs;

/// <summary>Hands out URLs to blobs that work without a token and expire.</summary>
public interface IBlobUrls
{
    /// <summary>A signed URL that reads the blob until it expires: absolute, or relative to the studio's own address.</summary>
    /// <param name="key">The blob.</param>
    /// <param name="lifetime">How long it works.</param>
    /// <param name="downloadName">The file name a browser saves it under; null shows it in place.</param>
    string Sign(string key, TimeSpan lifetime, string? downloadName = null);

    /// <summary>The key that one of our own signed URLs names; null when it is not ours, was altered, or has expired.</summary>
    string? Resolve(Uri url);
}
