using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Images.Resumable;

/// <summary>
/// Uploads that come in several requests. Every part is a blob of its own, so that any instance takes the next one; the last one makes the
/// upload a picture, once.
/// </summary>
public sealed class UploadParts(
    IUploadSessions sessions,
    IBlobStore blobs,
    IImageLibrary library,
    PictureInput pictures,
    ImageIntake intake,
    BlobRemover remover,
    IOptions<ImageOptions> options,
    TimeProvider time)
{
    private const string FinishRoute = "/api/v1/images/uploads/{id}";

    /// <summary>Begins an upload.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="length">Bytes in all.</param>
    /// <param name="details">What the client said about the picture, by wire names.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">400: details that are not valid; 429: too many unfinished uploads.</exception>
    public async Task<UploadSession> BeginAsync(
        Owner owner, long length, IReadOnlyDictionary<string, string> details, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(details);
        var content = ContentOf(details);
        _ = ImageFields.Read(content);
        if (!content.Faults.IsEmpty) throw StudioProblem.Validation(content.Faults).ToException();

        var now = time.GetUtcNow();
        var session = new UploadSession
        {
            Id = OrderedId.New(now),
            Owner = owner,
            Length = length,
            Details = JsonSerializer.Serialize(details, UploadJson.Default.IReadOnlyDictionaryStringString),
            CreatedAt = now,
            ExpiresAt = now + options.Value.UploadLifetime,
        };
        if (await sessions.BeginAsync(session, options.Value.MaxUnfinishedUploads, cancellationToken)) return session;
        throw (StudioProblem.Of(
            ProblemCode.QueueFull, $"You have {options.Value.MaxUnfinishedUploads} unfinished uploads, as many as allowed. Finish one, or give it up with DELETE.") with
        {
            RetryAfter = TimeSpan.FromMinutes(1),
        }).ToException();
    }

    /// <summary>Adds a part. What arrived before a connection broke is kept, unless a checksum says what should have arrived.</summary>
    /// <exception cref="ProblemException">404, 409 (the upload stands elsewhere), 413 (more than was announced), 460 (the checksum differs).</exception>
    public async Task<UploadSession> AppendAsync(Owner owner, Guid id, long offset, Stream body, PartChecksum? checksum)
    {
        ArgumentNullException.ThrowIfNull(body);
        var session = await FindAsync(owner, id, CancellationToken.None);
        if (session.Received != offset || session.ImageId is not null) throw Elsewhere(session.Received);
        if (session.Received == session.Length) return session;

        using var hash = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);
        await using var part = new PartStream(body, session.Length - offset, hash);
        var key = $"{BlobKeys.UploadPartPrefix(id)}{offset:D12}-{Guid.NewGuid():N}";
        var stored = false;
        try
        {
            _ = await blobs.TryPutAsync(key, part, "application/octet-stream", CancellationToken.None)
                ?? throw new StorageException("A new part's key was taken already.");
            if (part.IsTooLong) throw StudioProblem.Of(ProblemCode.TooLarge, $"The part goes beyond the {session.Length:N0} bytes that were announced.").ToException();
            if (checksum is not null && (part.IsBroken || !hash!.GetHashAndReset().AsSpan().SequenceEqual(checksum.Value.Span))) throw Different();
            if (part.Received == 0) return session;

            var appended = await sessions.AppendAsync(
                owner, id, offset, new UploadPart(key, part.Received), time.GetUtcNow() + options.Value.UploadLifetime, CancellationToken.None);
            stored = appended is not null;
            return appended ?? throw Elsewhere((await FindAsync(owner, id, CancellationToken.None)).Received);
        }
        finally
        {
            if (!stored) await blobs.DeleteAsync(key, CancellationToken.None);
        }
    }

    /// <summary>
    /// Makes a whole upload a picture; the same one however often it is asked. An upload that is no picture is given up with it; one that could
    /// not be taken in for the moment can be finished later.
    /// </summary>
    /// <exception cref="ProblemException">It is no picture, or it cannot be taken in now.</exception>
    public async Task<StudioImage> FinishAsync(UploadSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (session.ImageId is { } known) return await FindImageAsync(session.Owner, known, cancellationToken);

        var details = JsonSerializer.Deserialize(session.Details, UploadJson.Default.IReadOnlyDictionaryStringString)!;
        var fields = ImageFields.Read(ContentOf(details));
        try
        {
            var picture = pictures.Check("upload", await ReadAsync(session, cancellationToken));
            var key = new IdempotencyKey("PATCH", FinishRoute, session.Id.ToString("N"), session.Id.ToString("N"));
            var outcome = await intake.TakeAsync(session.Owner, picture, FileNameOf(details), inGallery: false, fields.ApplyTo, key, cancellationToken);
            var image = outcome switch
            {
                AddOutcome.Added added => added.Image,
                AddOutcome.Repeated repeated => await FindImageAsync(session.Owner, repeated.ImageId, CancellationToken.None),
                _ => throw new InvalidOperationException("An upload's own key was used for something else."),
            };
            await sessions.FinishAsync(session.Owner, session.Id, image.Id, CancellationToken.None);
            await remover.ClearAsync(CancellationToken.None);
            return image;
        }
        catch (ProblemException refused) when (refused.Problem.Status is >= 400 and < 500 and not StatusCodes.Status429TooManyRequests)
        {
            await DeleteAsync(session.Owner, session.Id);
            throw;
        }
    }

    /// <summary>An owner's upload.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<UploadSession> FindAsync(Owner owner, Guid id, CancellationToken cancellationToken) =>
        await sessions.FindAsync(owner, id, cancellationToken) ?? throw StudioProblem.Missing("upload").ToException();

    /// <summary>Gives an upload up.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task DeleteAsync(Owner owner, Guid id)
    {
        if (!await sessions.DeleteAsync(owner, id, CancellationToken.None)) throw StudioProblem.Missing("upload").ToException();
        await remover.ClearAsync(CancellationToken.None);
    }

    private async Task<StudioImage> FindImageAsync(Owner owner, Guid id, CancellationToken cancellationToken) =>
        await library.FindAsync(owner, id, cancellationToken)
            ?? throw StudioProblem.Of(ProblemCode.NotFound, "The picture that this upload became has been removed.").ToException();

    private async Task<ReadOnlyMemory<byte>> ReadAsync(UploadSession session, CancellationToken cancellationToken)
    {
        var file = new byte[session.Length];
        var at = 0;
        foreach (var key in session.Parts)
        {
            await using var part = await blobs.OpenReadAsync(key, null, cancellationToken)
                ?? throw new StorageException("A part of the upload is missing from the storage.");
            at += await part.ReadAtLeastAsync(file.AsMemory(at), file.Length - at, throwOnEndOfStream: false, cancellationToken);
        }

        return at == file.Length ? file : throw new StorageException("The parts of the upload have fewer bytes than were stored.");
    }

    private static RequestContent ContentOf(IReadOnlyDictionary<string, string> details) =>
        new([.. details.Select(field => KeyValuePair.Create(field.Key, RawValue.FromText(field.Value)))], [], new FaultList());

    private static string? FileNameOf(IReadOnlyDictionary<string, string> details) =>
        details.GetValueOrDefault("filename") ?? details.GetValueOrDefault("file_name") ?? details.GetValueOrDefault("name");

    private static ProblemException Elsewhere(long received) =>
        StudioProblem.Of(ProblemCode.Conflict, $"The upload stands at byte {received}. HEAD says where to go on.").ToException();

    private static ProblemException Different() => (StudioProblem.Of(
        ProblemCode.BadRequest, "The checksum does not fit what arrived. Send the part again.") with { Status = 460 }).ToException();
}

/// <summary>What a part's bytes should hash to.</summary>
/// <param name="Algorithm">The hash.</param>
/// <param name="Value">Its value.</param>
public sealed record PartChecksum(HashAlgorithmName Algorithm, ReadOnlyMemory<byte> Value)
{
    /// <summary>Reads <c>Upload-Checksum</c>; null without one.</summary>
    /// <exception cref="ProblemException">400: another algorithm, or no base64.</exception>
    public static PartChecksum? Read(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var header = request.Headers[TusHeaders.Checksum].ToString();
        if (header.Length == 0) return null;
        var parts = header.Split(' ', 2, StringSplitOptions.TrimEntries);
        HashAlgorithmName? algorithm = parts[0] switch { "sha1" => HashAlgorithmName.SHA1, "sha256" => HashAlgorithmName.SHA256, _ => null };
        var value = new byte[64];
        if (parts.Length == 2 && algorithm is { } known && Convert.TryFromBase64String(parts[1], value, out var length))
            return new PartChecksum(known, value.AsMemory(0, length));
        throw StudioProblem.Invalid(TusHeaders.Checksum, "must be 'sha1 <base64>' or 'sha256 <base64>'.").ToException();
    }
}

/// <summary>What the client said about a picture, as it is stored with the upload.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class UploadJson : System.Text.Json.Serialization.JsonSerializerContext;
