using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Api.Files;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Processing;

/// <summary>
/// Hands a result out: its bytes, or a signed URL as JSON for <c>Accept: application/json</c>. Each is counted as a
/// download, except a 304, a HEAD, and the later parts of a download in ranges.
/// </summary>
internal static class DownloadResult
{
    /// <summary>How long a signed download URL works.</summary>
    public static readonly TimeSpan UrlLifetime = TimeSpan.FromHours(1);

    public static async Task<Results<FileStreamHttpResult, Ok<Envelope<DownloadResource>>, StudioProblem>> HandleAsync(
        Guid id,
        HttpContext http,
        Caller caller,
        IImageStore images,
        IBlobStore blobs,
        IBlobUrls urls,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var owner = caller.Owner;
        if (await images.FindAsync(owner, id, cancellationToken) is not { Kind: ImageKind.Result } image) return StudioProblem.Missing("result");

        var name = JobPresenter.FileName(image);
        if (PrefersJson(http.Request))
        {
            await images.CountDownloadAsync(owner, id, cancellationToken);
            var url = urls.Sign(image.BlobKey, UrlLifetime, name);
            return TypedResults.Ok(new Envelope<DownloadResource>(
                new DownloadResource(url, time.GetUtcNow() + UrlLifetime, name, image.ContentType, image.Bytes),
                "The URL works without a token until it expires."));
        }

        if (await blobs.FindAsync(image.BlobKey, cancellationToken) is not { } blob)
            return StudioProblem.Of(ProblemCode.NotFound, "The bytes of this result are no longer stored.");

        var etag = BlobFile.Tag(image.Sha256);
        if (Counts(http.Request, etag)) await images.CountDownloadAsync(owner, id, cancellationToken);
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.Vary = "Accept, Authorization";
        return BlobFile.Serve(blobs, blob, etag, name);
    }

    /// <summary>Whether a request is a download of its own.</summary>
    internal static bool Counts(HttpRequest request, EntityTagHeaderValue etag)
    {
        if (!HttpMethods.IsGet(request.Method)) return false;
        var headers = request.GetTypedHeaders();
        if (headers.IfNoneMatch.Any(known => known.Tag == "*" || known.Compare(etag, useStrongComparison: false))) return false;
        return headers.Range is not { Ranges.Count: > 0 } range || range.Ranges.Any(part => part.From is null or 0);
    }

    /// <summary>Whether JSON is ranked above any picture.</summary>
    internal static bool PrefersJson(HttpRequest request)
    {
        double json = 0, other = 0;
        foreach (var accepted in request.GetTypedHeaders().Accept)
        {
            var quality = accepted.Quality ?? 1;
            if (accepted.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)) json = Math.Max(json, quality);
            else if (IsBytes(accepted)) other = Math.Max(other, quality);
        }

        return json > other || (json > 0 && json == other && ComesFirst(request));
    }

    private static bool IsBytes(MediaTypeHeaderValue accepted) =>
        accepted.MatchesAllTypes
        || accepted.Type.Equals("image", StringComparison.OrdinalIgnoreCase)
        || accepted.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase);

    // axios and others send "application/json, text/plain, */*" and mean JSON.
    private static bool ComesFirst(HttpRequest request) =>
        request.GetTypedHeaders().Accept is [var first, ..] && first.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
