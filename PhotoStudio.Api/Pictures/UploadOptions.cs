using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Api.Pictures;

/// <summary>What pictures may come in. Section <c>Studio:Uploads</c>.</summary>
public sealed class UploadOptions
{
    /// <summary>The longest text field, in bytes, other than a picture as base64.</summary>
    public const int MaxFieldBytes = 64 * 1024;

    /// <summary>The most fields and parts of one request.</summary>
    public const int MaxFields = 200;

    /// <summary>The largest picture, in bytes of its file; base64 is counted after decoding.</summary>
    public int MaxBytes { get; set; } = 10_485_760;

    /// <summary>The largest picture that a premium account may upload, in bytes of its file.</summary>
    public int PremiumMaxBytes { get; set; } = 52_428_800;

    /// <summary>The most pixels of one frame.</summary>
    public long MaxPixels { get; set; } = PictureLimits.Default.MaxPixels;

    /// <summary>The longest side, in pixels.</summary>
    public int MaxSide { get; set; } = PictureLimits.Default.MaxSide;

    /// <summary>The most frames or pages.</summary>
    public int MaxFrames { get; set; } = PictureLimits.Default.MaxFrames;

    /// <summary>
    /// File name extensions of the formats that are accepted, such as <c>jpg</c> and <c>png</c>; every format the codec reads when
    /// empty. It is the content that counts, not what a file is called.
    /// </summary>
    public IList<string> AllowedExtensions { get; init; } = [];

    /// <summary>Whether pictures of this format are accepted.</summary>
    public bool Accepts(PictureFormat format) =>
        AllowedExtensions.Count == 0 || AllowedExtensions.Any(extension => FormatOf(extension) == format);

    /// <summary>Those of <see cref="AllowedExtensions"/> that name no picture format.</summary>
    public IReadOnlyList<string> UnknownExtensions() => [.. AllowedExtensions.Where(extension => FormatOf(extension) is null)];

    /// <summary>The limits a header is checked against.</summary>
    public PictureLimits Limits => new(MaxPixels, MaxSide, MaxFrames);

    /// <summary>
    /// The largest body of a request that carries so many pictures, in bytes: all of them as base64, with room for the other
    /// fields and what a multipart form adds.
    /// </summary>
    public long MaxBodyBytes(int pictures) => (pictures * MaxBase64Length()) + (1024 * 1024);

    /// <summary>The limits as they are for a caller with these roles.</summary>
    public UploadOptions For(IReadOnlyCollection<string>? roles)
    {
        if (roles is null || PremiumMaxBytes <= MaxBytes || !(roles.Contains("premium") || roles.Contains("admin"))) return this;
        var premium = (UploadOptions)MemberwiseClone();
        premium.MaxBytes = PremiumMaxBytes;
        return premium;
    }

    private static PictureFormat? FormatOf(string extension) => extension.Trim().TrimStart('.').ToLowerInvariant() switch
    {
        "jpg" or "jpeg" or "jpe" => PictureFormat.Jpeg,
        "tif" or "tiff" => PictureFormat.Tiff,
        "heic" or "heif" => PictureFormat.Heic,
        var name => Enum.TryParse<PictureFormat>(name, ignoreCase: true, out var format) ? format : null,
    };

    /// <summary>The longest base64 text of a picture, padding included, in characters.</summary>
    public long MaxBase64Length() => ((long)MaxBytes + 2) / 3 * 4;
}
