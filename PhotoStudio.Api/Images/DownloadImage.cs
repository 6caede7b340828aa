using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Files;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Images.Sizes;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Processing;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>
/// Hands a picture to its owner: the file exactly as it was sent or made, or with <c>w</c> or <c>size</c> another size; or a signed URL as
/// JSON for <c>Accept: application/json</c>. Each is counted, except a 304, a HEAD, and the later parts of a download in ranges.
/// </summary>
internal static class DownloadImage
{
    public static async Task<Results<FileStreamHttpResult, Ok<Envelope<DownloadResource>>, StudioProblem>> HandleAsync(
        Guid id,
        HttpContext http,
        Caller caller,
        LibraryChanges library,
        IImageStore images,
        IBlobStore blobs,
        IBlobUrls urls,
        SizeMaker sizes,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var query = new ListQuery(http.Request);
        var size = ReadSize(query);
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var owner = caller.Owner;
        var image = await library.FindAsync(owner, id, LibraryView.Image, cancellationToken);
        var blob = size is null
            ? await blobs.FindAsync(image.BlobKey, cancellationToken)
            : await sizes.GetAsync(image, size, cancellationToken);
        if (blob is null) return StudioProblem.Of(ProblemCode.NotFound, "The bytes of this picture are no longer stored.");

        var name = DownloadNames.Of(image, size, Path.GetExtension(blob.Key));
        if (DownloadResult.PrefersJson(http.Request))
        {
            await images.CountDownloadAsync(owner, id, cancellationToken);
            var url = urls.Sign(blob.Key, DownloadResult.UrlLifetime, name);
            return TypedResults.Ok(new Envelope<DownloadResource>(
                new DownloadResource(url, time.GetUtcNow() + DownloadResult.UrlLifetime, name, blob.ContentType, blob.Length),
                "The URL works without a token until it expires."));
        }

        var etag = BlobFile.Tag(size is null ? image.Sha256 : $"{image.Sha256}-{size.Name}");
        if (DownloadResult.Counts(http.Request, etag)) await images.CountDownloadAsync(owner, id, cancellationToken);
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = "Accept, Authorization";
        return BlobFile.Serve(blobs, blob, etag, name);
    }

    private static ImageSize? ReadSize(ListQuery query)
    {
        if (query.Number("w", 1, ImageSize.MaxWidth) is { } width) return ImageSize.AtLeast(width);
        if (query.Text("size", 20) is not { } name || name == "original") return null;
        if (ImageSize.Find(name) is { } size) return size;
        query.Faults.Add("size", $"must be original, {ImageSize.Known}.");
        return null;
    }
}
