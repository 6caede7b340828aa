using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Api.Files;

/// <summary>
/// The bytes behind the signed URLs that the studio hands out, where the blob store has no address of its own. The
/// signature is the permission; no token is asked for.
/// </summary>
internal static class FilesEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/files/{**key}", [HttpMethods.Get, HttpMethods.Head], HandleAsync)
            .AllowAnonymous()
            .WithName("File")
            .WithTags("Files")
            .WithSummary("A stored file, by a signed URL")
            .WithDescription("The URLs come from jobs and results and work until they expire. Ranges and If-None-Match are honoured.")
            .Produces(StatusCodes.Status200OK, responseType: null, contentType: "image/png", additionalContentTypes: ["image/jpeg", "image/webp"])
            .Produces(StatusCodes.Status206PartialContent, responseType: null, contentType: "image/png", additionalContentTypes: ["image/jpeg", "image/webp"])
            .Produces(StatusCodes.Status304NotModified);

    private static async Task<Results<FileStreamHttpResult, StudioProblem>> HandleAsync(
        string key,
        HttpContext http,
        IBlobStore blobs,
        IBlobUrls urls,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        // The path as it was sent: what was signed is the URL that was handed out, and keys need no escapes.
        var request = http.Request;
        var url = new Uri($"/files/{key}{request.QueryString}", UriKind.Relative);
        if (urls.Resolve(url) != key) return StudioProblem.Of(ProblemCode.Forbidden, "This link is not signed, was altered, or has expired.");

        if (await blobs.FindAsync(key, cancellationToken) is not { } blob) return StudioProblem.Missing("file");

        // Bytes under a key never change, so a browser may keep them as long as the link works.
        var headers = http.Response.Headers;
        headers.CacheControl = $"private, max-age={SecondsLeft(request, time)}, immutable";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        if (request.Query["download"] is not [{ Length: > 0 } name]) return Inline(http, blobs, blob);
        return BlobFile.Serve(blobs, blob, BlobFile.Tag(blob.ETag), name);
    }

    private static FileStreamHttpResult Inline(HttpContext http, IBlobStore blobs, BlobInfo blob)
    {
        http.Response.Headers.ContentDisposition = "inline";
        return BlobFile.Serve(blobs, blob, BlobFile.Tag(blob.ETag), downloadName: null);
    }

    private static long SecondsLeft(HttpRequest request, TimeProvider time) =>
        long.TryParse(request.Query["expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            ? Math.Max(0, expires - time.GetUtcNow().ToUnixTimeSeconds())
            : 0;
}
