using System.Globalization;
using PhotoStudio.Api.Images.Sizes;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>Shows pictures as the API's resources, with URLs signed for this moment.</summary>
public sealed class ImagePresenter(SizeLinks links)
{
    /// <summary>Shows a picture to its owner.</summary>
    public ImageResource Show(StudioImage image, Guid? duplicateOf = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new ImageResource
        {
            Id = image.Id,
            Kind = image.Kind == ImageKind.Upload ? "upload" : "result",
            Title = image.Title,
            Description = image.Description,
            FileName = image.FileName,
            Url = links.Sign(image.Id, ImageSize.Optimized),
            ThumbnailUrl = links.Sign(image.Id, ImageSize.Thumbnail),
            Sizes = links.SignAll(image.Id),
            DownloadUrl = $"/api/v1/images/{image.Id:D}/download",
            Width = image.Width,
            Height = image.Height,
            ContentType = image.ContentType,
            Bytes = image.Bytes,
            Sha256 = image.Sha256,
            IsPublic = image.IsPublic,
            IsContentSafe = image.IsContentSafe,
            Moderation = Show(image.Moderation),
            IsFavorite = image.IsFavorite,
            Rating = image.Rating,
            RatingComment = image.RatingComment,
            Tags = Show(image.Tags),
            Downloads = image.Downloads,
            Exif = image.Camera is { } camera ? new CameraResource(camera.Fields, camera.Latitude, camera.Longitude) : null,
            PerceptualHash = image.PerceptualHash is { } hash ? hash.ToString("x16", CultureInfo.InvariantCulture) : null,
            DuplicateOf = duplicateOf,
            Operation = image.Operation,
            SourceIds = image.Parents,
            CreatedAt = image.CreatedAt,
            UpdatedAt = image.UpdatedAt,
            DeletedAt = image.DeletedAt,
            Version = image.Version,
        };
    }

    /// <summary>Shows a picture to everybody.</summary>
    public PublicImageResource ShowPublic(StudioImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new PublicImageResource(
            image.Id,
            image.Title,
            image.Description,
            links.Sign(image.Id, ImageSize.Optimized),
            links.Sign(image.Id, ImageSize.Thumbnail),
            links.SignAll(image.Id),
            image.Width,
            image.Height,
            Show(image.Tags),
            image.CreatedAt);
    }

    /// <summary>Shows tags.</summary>
    internal static IReadOnlyList<TagResource> Show(IReadOnlyList<ImageTag> tags) =>
        [.. tags.Select(tag => new TagResource(tag.Name, tag.Slug, tag.Confidence))];

    private static ModerationResource? Show(ImageModeration? moderation) => moderation is null ? null : new ModerationResource(
        moderation switch
        {
            { Overruling.Safe: true } => "approved",
            { Overruling.Safe: false } => "rejected",
            { IsSafe: false } => "refused",
            { Flagged: true } => "review",
            _ => "safe",
        },
        moderation.Score,
        moderation.Threshold,
        moderation.Categories,
        moderation.Method,
        moderation.CheckedAt,
        moderation.Overruling?.Note,
        moderation.Overruling?.At);
}
