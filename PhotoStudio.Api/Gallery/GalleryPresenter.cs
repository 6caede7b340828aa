using System.Text.Json.Nodes;
using PhotoStudio.Api.Images;
using PhotoStudio.Api.Images.Sizes;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Gallery;

/// <summary>Shows pictures as entries of a gallery, with URLs signed for this moment.</summary>
public sealed class GalleryPresenter(IBlobUrls urls, SizeLinks sizes)
{
    private const string Namespace = "guest:ns:";

    /// <summary>Shows an entry.</summary>
    public GalleryEntryResource Show(StudioImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new GalleryEntryResource
        {
            Id = image.Id,
            UserId = UserIdOf(image.Owner),
            ImageUrl = ImageUrl(image),
            ThumbnailUrl = sizes.Sign(image.Id, ImageSize.Thumbnail),
            Sizes = sizes.SignAll(image.Id),
            DownloadUrl = $"/api/v1/images/{image.Id:D}/download",
            Title = image.Title,
            Description = image.Description,
            Prompt = image.Prompt,
            RefinedPrompt = image.RefinedPrompt,
            Intent = image.Intent ?? image.Operation,
            Operation = image.Operation,
            Style = image.Style,
            TaskId = image.TaskId ?? image.JobId?.ToString("D"),
            JobId = image.JobId,
            Settings = (image.Settings ?? image.Parameters) is { } settings ? JsonNode.Parse(settings) as JsonObject : null,
            Metadata = JobPresenter.Show(image.Engine),
            Seed = image.Engine?.Seed,
            Parents = image.Parents,
            Tags = ImagePresenter.Show(image.Tags),
            IsFavorite = image.IsFavorite,
            Rating = image.Rating,
            IsPublic = image.IsPublic,
            Width = image.Width,
            Height = image.Height,
            ContentType = image.ContentType,
            Bytes = image.Bytes,
            Downloads = image.Downloads,
            CreatedAt = image.CreatedAt,
            UpdatedAt = image.UpdatedAt,
            DeletedAt = image.DeletedAt,
            Version = image.Version,
        };
    }

    /// <summary>Shows a picture on the way back to the originals.</summary>
    public LineageNode ShowNode(StudioImage image, int depth)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new LineageNode(
            image.Id,
            depth,
            image.Kind == ImageKind.Upload ? "upload" : "result",
            image.Operation,
            image.Prompt,
            image.Title,
            ImageUrl(image),
            sizes.Sign(image.Id, ImageSize.Thumbnail),
            image.Parents,
            image.CreatedAt,
            image.DeletedAt is not null);
    }

    /// <summary>A result is shown as it was made; an upload without what its camera wrote into it.</summary>
    private string ImageUrl(StudioImage image) =>
        image.Kind == ImageKind.Result ? urls.Sign(image.BlobKey, JobPresenter.UrlLifetime) : sizes.Sign(image.Id, ImageSize.Optimized);

    /// <summary>The name that an owner gave itself. A guest's random id is a secret and is not shown.</summary>
    private static string? UserIdOf(Owner owner) => owner.Kind switch
    {
        OwnerKind.Guest => owner.Text.StartsWith(Namespace, StringComparison.Ordinal) ? owner.Text[Namespace.Length..] : null,
        OwnerKind.User => owner.Text[(owner.Text.IndexOf(':', StringComparison.Ordinal) + 1)..],
        _ => owner.Text.Split(':', 3) is [_, _, var name] ? name : null,
    };
}
