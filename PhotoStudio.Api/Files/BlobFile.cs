using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Core.Blobs;

namespace PhotoStudio.Api.Files;

/// <summary>Answers a request with a blob: entity tag, conditional requests and ranges (RFC 9110) as the framework does them for files.</summary>
internal static class BlobFile
{
    /// <summary>A strong entity tag.</summary>
    public static EntityTagHeaderValue Tag(string value) => new($"\"{value}\"");

    /// <summary>The answer.</summary>
    /// <param name="blobs">Where the blob is.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="etag">Its entity tag.</param>
    /// <param name="downloadName">The file name it is saved under; null shows it in place.</param>
    public static FileStreamHttpResult Serve(IBlobStore blobs, BlobInfo blob, EntityTagHeaderValue etag, string? downloadName) =>
        TypedResults.Stream(
            new BlobStream(blobs, blob),
            blob.ContentType,
            downloadName,
            blob.StoredAt,
            etag,
            enableRangeProcessing: true);
}
