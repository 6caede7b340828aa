using System.Runtime.InteropServices;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Submission;

/// <summary>Stores the pictures of a request before its job is submitted, and takes them back when it is not.</summary>
public sealed partial class UploadKeeper(IImageStore images, IBlobStore blobs, TimeProvider time, ILogger<UploadKeeper> logger)
{
    /// <summary>
    /// Stores the files that the owner has not stored already. Their records are inserted with the job.
    /// </summary>
    /// <exception cref="StorageException">A file could not be stored; none of this call's is then.</exception>
    public async Task<KeptUploads> KeepAsync(Owner owner, IReadOnlyList<IncomingPicture> pictures, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var inputs = new List<JobInput>();
        var records = new List<StudioImage>();
        try
        {
            foreach (var picture in pictures) inputs.Add(await KeepAsync(owner, picture, records, cancellationToken));
        }
        catch
        {
            await DiscardAsync(records);
            throw;
        }

        return new KeptUploads(inputs, records);
    }

    /// <summary>Stores one picture of several, each of which is stored once however often it comes.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="records">The records of the pictures that were stored before it; gets its own when it is new.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="StorageException">The file could not be stored; what the records name is the caller's to discard.</exception>
    public async Task<JobInput> KeepAsync(
        Owner owner, IncomingPicture picture, IList<StudioImage> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(records);
        var image = picture switch
        {
            IncomingPicture.Stored stored => stored.Image,
            IncomingPicture.Uploaded uploaded => records.FirstOrDefault(record => record.Sha256 == uploaded.Sha256)
                ?? await images.FindUploadAsync(owner, uploaded.Sha256, cancellationToken)
                ?? await PutAsync(owner, uploaded, records, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(picture)),
        };
        return new JobInput(picture.Slot, image.Id, image.BlobKey);
    }

    /// <summary>Deletes what was stored for a submission that did not happen.</summary>
    public Task DiscardAsync(KeptUploads uploads)
    {
        ArgumentNullException.ThrowIfNull(uploads);
        return DiscardAsync(uploads.Records);
    }

    private async Task<StudioImage> PutAsync(
        Owner owner, IncomingPicture.Uploaded picture, IList<StudioImage> records, CancellationToken cancellationToken)
    {
        var id = OrderedId.New(time.GetUtcNow());
        var record = new StudioImage
        {
            Id = id,
            Owner = owner,
            Kind = ImageKind.Upload,
            BlobKey = BlobKeys.Upload(owner, id, picture.Extension),
            ContentType = picture.ContentType,
            Width = picture.Width,
            Height = picture.Height,
            Bytes = picture.File.Length,
            Sha256 = picture.Sha256,
            CreatedAt = time.GetUtcNow(),
        };

        // Remembered before it is written: a write that was cut off may still have happened.
        records.Add(record);
        await using var content = Open(picture.File);
        _ = await blobs.TryPutAsync(record.BlobKey, content, record.ContentType, cancellationToken)
            ?? throw new StorageException("A new picture's key was taken already.");
        return record;
    }

    /// <summary>Deletes what was stored for a submission that did not happen.</summary>
    internal async Task DiscardAsync(IReadOnlyList<StudioImage> records)
    {
        foreach (var record in records)
        {
            try
            {
                await blobs.DeleteAsync(record.BlobKey, CancellationToken.None);
            }
            catch (StorageException exception)
            {
                LogLeftBehind(logger, exception, record.BlobKey);
            }
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> file) => MemoryMarshal.TryGetArray(file, out var segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
        : new MemoryStream(file.ToArray(), writable: false);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The upload {BlobKey} belongs to no job and could not be deleted")]
    private static partial void LogLeftBehind(ILogger logger, Exception exception, string blobKey);
}

/// <summary>The stored pictures of a submission.</summary>
/// <param name="Inputs">What the job works on.</param>
/// <param name="Records">Records of the pictures that were stored for it and are to be inserted with it.</param>
public sealed record KeptUploads(IReadOnlyList<JobInput> Inputs, IReadOnlyList<StudioImage> Records);
