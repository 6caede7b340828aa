using Microsoft.Extensions.Options;
using PhotoStudio.Api.Images.Sizes;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Quotas;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Quotas;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Api.Images;

/// <summary>
/// Takes a picture in: optimise, moderate, tag, store. The file is kept exactly as it came, for its owner; everybody else gets to see
/// what is made of it, which has no metadata. A picture that cannot be decoded is refused before anything is stored.
/// </summary>
public sealed partial class ImageIntake(
    SizeMaker sizes,
    PictureReview review,
    IPictureCodec codec,
    IMetadataReader metadata,
    IBlobStore blobs,
    IImageLibrary library,
    IQuotas quotas,
    IOptions<UploadOptions> limits,
    TimeProvider time,
    ILogger<ImageIntake> logger)
{
    /// <summary>Takes a picture in.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="picture">The file, its header checked.</param>
    /// <param name="fileName">The file's name as it was sent.</param>
    /// <param name="inGallery">Whether it is an entry of the gallery as well.</param>
    /// <param name="describe">Says what the owner says about it.</param>
    /// <param name="key">The caller's idempotency key.</param>
    /// <param name="cancellationToken">Ends the work; once the record is being inserted, nothing does.</param>
    /// <exception cref="Problems.ProblemException">
    /// The file is damaged, a part of the studio that has to look at it is away, or the daily uploads are used up.
    /// </exception>
    /// <exception cref="StorageException">It could not be stored; nothing of it is.</exception>
    public async Task<AddOutcome> TakeAsync(
        Owner owner,
        IncomingPicture.Uploaded picture,
        string? fileName,
        bool inGallery,
        Func<StudioImage, StudioImage> describe,
        IdempotencyKey? key,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(describe);

        // Before the work; the insertion decides.
        var left = (await quotas.ReadAsync(owner, cancellationToken)).Of(QuotaKind.Uploads);
        if (!left.Allows(1)) throw QuotaProblems.Exceeded(left).ToException();

        var optimized = await sizes.MakeAsync(picture.File, ImageSize.Optimized, cancellationToken);
        var moderation = await review.JudgeAsync(optimized.File, cancellationToken);
        var tags = await review.DetectAsync(optimized.File, cancellationToken);

        var now = time.GetUtcNow();
        var id = OrderedId.New(now);
        var name = FileNames.Clean(fileName);
        var image = describe(new StudioImage
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
            CreatedAt = now,
            FileName = name,
            Title = FileNames.TitleOf(name),
            Tags = tags,
            InGallery = inGallery,
            Moderation = moderation,
            PerceptualHash = PerceptualHash.Of(codec, optimized.File, limits.Value.Limits, cancellationToken),
            Camera = CameraFields.Read(metadata.ReadExif(picture.File)),
        });
        return await StoreAsync(image, picture.File, optimized, key, cancellationToken);
    }

    private async Task<AddOutcome> StoreAsync(
        StudioImage image, ReadOnlyMemory<byte> file, InferenceOutput optimized, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        var kept = false;
        try
        {
            await using (var content = SizeMaker.Open(file))
            {
                _ = await blobs.TryPutAsync(image.BlobKey, content, image.ContentType, cancellationToken)
                    ?? throw new StorageException("A new picture's key was taken already.");
            }

            await sizes.StoreAsync(image.Id, ImageSize.Optimized, optimized, cancellationToken);
            var outcome = await library.AddAsync(image, key, CancellationToken.None);
            kept = outcome is AddOutcome.Added;
            return outcome is AddOutcome.QuotaExceeded exceeded ? throw QuotaProblems.Exceeded(exceeded.Quota).ToException() : outcome;
        }
        catch (Exception exception) when (exception is not ProblemException && !cancellationToken.IsCancellationRequested)
        {
            // A commit whose answer was lost has still happened; only the store knows.
            kept = await library.FindAsync(image.Id, CancellationToken.None) is not null;
            throw;
        }
        finally
        {
            if (!kept) await DiscardAsync(image);
        }
    }

    private async Task DiscardAsync(StudioImage image)
    {
        try
        {
            await blobs.DeleteAsync(image.BlobKey, CancellationToken.None);
            foreach (var extension in (string[])["webp", "png"])
                await blobs.DeleteAsync(BlobKeys.Derived(image.Id, ImageSize.Optimized.Name, extension), CancellationToken.None);
        }
        catch (StorageException exception)
        {
            LogLeftBehind(logger, exception, image.BlobKey);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The upload {BlobKey} was not accepted and could not be deleted")]
    private static partial void LogLeftBehind(ILogger logger, Exception exception, string blobKey);
}
