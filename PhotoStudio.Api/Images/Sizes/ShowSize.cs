using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Files;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images.Sizes;

/// <summary>
/// A picture in another size, made when it is first asked for: to whoever has a signed URL, and to its owner. A signed URL works for a
/// deleted picture too, until that is removed for good.
/// </summary>
internal static class ShowSize
{
    public static async Task<Results<FileStreamHttpResult, StudioProblem>> HandleAsync(
        Guid id,
        string name,
        HttpContext http,
        IImageLibrary library,
        IBlobStore blobs,
        SizeMaker sizes,
        SizeLinks links,
        CancellationToken cancellationToken)
    {
        if (ImageSize.Find(name) is not { } size) return StudioProblem.Of(ProblemCode.NotFound, $"There is no such size. Known: {ImageSize.Known}.");

        var signed = links.MayShow(id, size, http.Request.QueryString);
        if (!signed && http.Request.Query.ContainsKey("signature"))
            return StudioProblem.Of(ProblemCode.Forbidden, "This link was altered, or has expired. Ask for the picture again to get a new one.");
        if (!signed && http.Features.Get<Caller>() is null) return Caller.Unknown();
        var image = signed
            ? await library.FindAsync(id, cancellationToken)
            : await library.FindAsync((await Caller.BindAsync(http)).Owner, id, cancellationToken);
        if (image is null) return StudioProblem.Missing("image");

        var blob = await sizes.GetAsync(image, size, cancellationToken);
        if (await library.FindAsync(id, cancellationToken) is null)
        {
            // Removed for good while the size was made: nothing of it stays.
            await blobs.DeleteAsync(blob.Key, CancellationToken.None);
            return StudioProblem.Missing("image");
        }

        var headers = http.Response.Headers;
        headers.CacheControl = $"private, max-age={(int)SizeLinks.Lifetime.TotalSeconds}";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        headers.ContentDisposition = "inline";
        return BlobFile.Serve(blobs, blob, BlobFile.Tag(blob.ETag), downloadName: null);
    }
}
