using System.Globalization;
using Microsoft.Net.Http.Headers;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Submission;

/// <summary>
/// Answers with a result's bytes and, in headers, what made it: <c>X-Studio-Job</c>, <c>X-Studio-Engine</c>, and where the
/// engine tells them <c>X-Studio-Seed</c> and <c>X-Studio-Confidence</c>.
/// </summary>
public sealed class PictureAnswer(Job job, StudioImage image) : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    /// <summary>The header with the engine's name and version.</summary>
    public const string EngineHeader = "X-Studio-Engine";

    /// <summary>The header with the seed.</summary>
    public const string SeedHeader = "X-Studio-Seed";

    /// <summary>The header with the confidence, 0–1.</summary>
    public const string ConfidenceHeader = "X-Studio-Confidence";

    /// <inheritdoc/>
    public int? StatusCode => StatusCodes.Status200OK;

    /// <inheritdoc/>
    public string? ContentType => image.ContentType;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var blobs = httpContext.RequestServices.GetRequiredService<IBlobStore>();
        await using var content = await blobs.OpenReadAsync(image.BlobKey, null, httpContext.RequestAborted)
            ?? throw new Core.StorageException("The result's file is missing from the storage.");

        var headers = httpContext.Response.Headers;
        headers[OperationCalls.JobHeader] = job.Id.ToString("D");
        if (job.Engine is { } engine)
        {
            headers[EngineHeader] = $"{engine.Engine}/{engine.Version}";
            if (engine.Seed is { } seed) headers[SeedHeader] = seed.ToString(CultureInfo.InvariantCulture);
            if (engine.Confidence is { } sure) headers[ConfidenceHeader] = sure.ToString("0.####", CultureInfo.InvariantCulture);
        }

        headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = JobPresenter.FileName(image) }.ToString();
        headers.ETag = new EntityTagHeaderValue($"\"{image.Sha256}\"").ToString();
        headers.CacheControl = "private, no-cache";
        headers.XContentTypeOptions = "nosniff";
        httpContext.Response.ContentType = image.ContentType;
        httpContext.Response.ContentLength = image.Bytes;
        await content.CopyToAsync(httpContext.Response.Body, httpContext.RequestAborted);
    }
}
