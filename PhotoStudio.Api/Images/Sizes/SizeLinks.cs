using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Api.Images.Sizes;

/// <summary>Where the sizes of pictures are found.</summary>
public sealed class SizeLinks(IUrlSigner signer, IConfiguration configuration)
{
    private const string Below = "/api/v1/images/";
    private readonly string _publicUrl = configuration["Studio:PublicUrl"]?.TrimEnd('/') ?? "";

    /// <summary>How long a signed URL of a size works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>A size, without a signature.</summary>
    public static string Path(Guid imageId, ImageSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return $"{Below}{imageId:D}/sizes/{size.Name}";
    }

    /// <summary>A size, signed, at the configured address or relative to it: an <c>img</c> element sends no headers.</summary>
    public string Sign(Guid imageId, ImageSize size) => _publicUrl + signer.Sign(Path(imageId, size), Lifetime);

    /// <summary>Every named size, signed.</summary>
    public IReadOnlyDictionary<string, string> SignAll(Guid imageId) =>
        ImageSize.Named.ToDictionary(size => size.Name, size => Sign(imageId, size), StringComparer.Ordinal);

    /// <summary>
    /// The picture and size that one of our own signed URLs names; null when it is not ours, was altered, or has expired. Of an absolute
    /// one only path and signature count: whoever has them may have the size.
    /// </summary>
    public (Guid ImageId, ImageSize Size)? Resolve(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https") url = absolute!.PathAndQuery;
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? url : url[..mark];
        var begin = path.LastIndexOf(Below, StringComparison.Ordinal);
        if (mark < 0 || begin < 0 || path[(begin + Below.Length)..].Split('/') is not [var id, "sizes", var name]) return null;
        if (!Guid.TryParseExact(id, "D", out var imageId) || ImageSize.Find(name) is not { } size) return null;
        return MayShow(imageId, size, new QueryString(url[mark..])) ? (imageId, size) : null;
    }

    /// <summary>Whether a request carries a valid signature for a size.</summary>
    public bool MayShow(Guid imageId, ImageSize size, QueryString query) => signer.Verify(Path(imageId, size), query.Value);
}
