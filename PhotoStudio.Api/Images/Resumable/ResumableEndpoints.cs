using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Images.Resumable;

/// <summary>Uploads in several requests by the tus protocol: <c>/api/v1/images/uploads</c>.</summary>
internal static class ResumableEndpoints
{
    public const string Path = "/api/v1/images/uploads";

    public static void MapResumableUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup(Path).WithTags("Images");
        uploads.MapMethods("/", [HttpMethods.Options], Capabilities).AllowAnonymous().ExcludeFromDescription();
        uploads.MapPost("/", CreateAsync)
            .AcceptsManyPictures(LimitsOf)
            .DisableAntiforgery()
            .WithName("BeginUpload")
            .WithSummary("Begins an upload in several requests (tus 1.0.0)")
            .WithDescription(
                "`Upload-Length` announces the bytes, `Upload-Metadata` may hold `filename`, `title`, `description`, `tags` and `is_public`, values in base64. "
                + "`Location` is where the parts go. Extensions: creation, creation-with-upload, expiration, checksum, termination.");
        uploads.MapMethods("/{id:guid}", [HttpMethods.Head], StandingAsync)
            .WithName("UploadOffset")
            .WithSummary("How far an upload is, in `Upload-Offset`");
        uploads.MapGet("/{id:guid}", ShowAsync)
            .WithName("ShowUpload")
            .WithSummary("How far an upload is, and what picture it became");
        uploads.MapPatch("/{id:guid}", AppendAsync)
            .AcceptsManyPictures(LimitsOf)
            .DisableAntiforgery()
            .WithName("AppendUpload")
            .WithSummary("Adds a part to an upload")
            .WithDescription(
                "The body is `application/offset+octet-stream`, `Upload-Offset` says where it begins. What arrived before a connection broke is kept. The last part makes "
                + "the upload a picture, which `X-Studio-Image` names; where that cannot be done for the moment (503), an empty part at the end tries again.");
        uploads.MapDelete("/{id:guid}", DeleteAsync)
            .WithName("GiveUpUpload")
            .WithSummary("Gives an upload up; its parts are deleted");
    }

    private static (int Pictures, long MaxBytes) LimitsOf(IServiceProvider services)
    {
        var limits = services.GetRequiredService<IOptions<UploadOptions>>().Value;
        return (1, Math.Max(limits.MaxBytes, limits.PremiumMaxBytes));
    }

    private static NoContent Capabilities(HttpContext http, IOptions<UploadOptions> limits)
    {
        TusHeaders.Begin(http);
        http.Response.Headers["Tus-Version"] = TusHeaders.Version;
        http.Response.Headers["Tus-Extension"] = TusHeaders.Extensions;
        http.Response.Headers["Tus-Max-Size"] = Text(Math.Max(limits.Value.MaxBytes, limits.Value.PremiumMaxBytes));
        http.Response.Headers["Tus-Checksum-Algorithm"] = "sha1,sha256";
        return TypedResults.NoContent();
    }

    private static async Task<Results<Created, StudioProblem>> CreateAsync(
        HttpContext http, Caller caller, UploadParts parts, IOptions<UploadOptions> limits)
    {
        TusHeaders.Begin(http);
        var faults = new FaultList();
        var length = TusHeaders.Count(http.Request, TusHeaders.Length, faults);
        var details = TusHeaders.ReadMetadata(http.Request, faults);
        if (length == 0) faults.Add(TusHeaders.Length, "a picture has at least one byte.");
        if (!faults.IsEmpty || length is null) return StudioProblem.Validation(faults);

        var most = limits.Value.For(caller.Roles).MaxBytes;
        if (length > most) return StudioProblem.Of(ProblemCode.TooLarge, $"The upload has more than {most:N0} bytes, the most that are accepted.");

        var owner = caller.Owner;
        var session = await parts.BeginAsync(owner, length.Value, details, http.RequestAborted);
        if (http.Request.ContentType == TusHeaders.PartType) session = await TakeAsync(http, owner, parts, session.Id, 0);
        Tell(http, session);
        return TypedResults.Created($"{Path}/{session.Id:D}");
    }

    private static async Task<Results<NoContent, StudioProblem>> AppendAsync(Guid id, HttpContext http, Caller caller, UploadParts parts)
    {
        TusHeaders.Begin(http);
        if (http.Request.ContentType != TusHeaders.PartType)
            return StudioProblem.Of(ProblemCode.UnsupportedMediaType, $"A part is sent as {TusHeaders.PartType}.");

        var faults = new FaultList();
        if (TusHeaders.Count(http.Request, TusHeaders.Offset, faults) is not { } offset) return StudioProblem.Validation(faults);
        Tell(http, await TakeAsync(http, caller.Owner, parts, id, offset));
        return TypedResults.NoContent();
    }

    private static async Task<UploadSession> TakeAsync(HttpContext http, Core.Accounts.Owner owner, UploadParts parts, Guid id, long offset)
    {
        var session = await parts.AppendAsync(owner, id, offset, http.Request.Body, PartChecksum.Read(http.Request));
        if (session.Received < session.Length) return session;
        var image = await parts.FinishAsync(session, http.RequestAborted);
        return session with { ImageId = image.Id };
    }

    private static async Task<Results<Ok, StudioProblem>> StandingAsync(Guid id, HttpContext http, Caller caller, UploadParts parts)
    {
        TusHeaders.Begin(http);
        Tell(http, await parts.FindAsync(caller.Owner, id, http.RequestAborted));
        return TypedResults.Ok();
    }

    private static async Task<Results<Ok<Envelope<UploadResource>>, StudioProblem>> ShowAsync(Guid id, HttpContext http, Caller caller, UploadParts parts)
    {
        TusHeaders.Begin(http);
        var session = await parts.FindAsync(caller.Owner, id, http.RequestAborted);
        Tell(http, session);
        var shown = new UploadResource(session.Id, session.Received, session.Length, session.ImageId, session.CreatedAt, session.ExpiresAt);
        return TypedResults.Ok(new Envelope<UploadResource>(shown, session.ImageId is null ? "The upload waits for its next part." : "The upload is a picture."));
    }

    private static async Task<Results<NoContent, StudioProblem>> DeleteAsync(Guid id, HttpContext http, Caller caller, UploadParts parts)
    {
        TusHeaders.Begin(http);
        await parts.DeleteAsync(caller.Owner, id);
        return TypedResults.NoContent();
    }

    private static void Tell(HttpContext http, UploadSession session)
    {
        var headers = http.Response.Headers;
        headers[TusHeaders.Offset] = Text(session.Received);
        headers[TusHeaders.Length] = Text(session.Length);
        if (session.ImageId is { } image) headers[TusHeaders.Image] = image.ToString("D");
        else headers[TusHeaders.Expires] = session.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How far an upload is.</summary>
/// <param name="Id">Identifies the upload.</param>
/// <param name="Offset">Bytes that are stored.</param>
/// <param name="Length">Bytes in all.</param>
/// <param name="ImageId">The picture it became.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="ExpiresAt">When it is given up unless a part comes.</param>
public sealed record UploadResource(Guid Id, long Offset, long Length, Guid? ImageId, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
