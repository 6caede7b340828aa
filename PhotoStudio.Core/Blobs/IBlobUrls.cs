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

    /// <summary>Why a URL that has the form of one of ours does not resolve; null when it resolves, or is somebody else's.</summary>
    SignedUrlFault? Explain(Uri url) => null;
}

/// <summary>Why one of our signed URLs does not work.</summary>
public enum SignedUrlFault
{
    /// <summary>It was changed on its way, or was never signed with this studio's key.</summary>
    Altered,

    /// <summary>It was good and has expired.</summary>
    Expired,
}
