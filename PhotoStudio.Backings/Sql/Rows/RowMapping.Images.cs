using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Backings.Sql.Rows;

/// <content>Pictures.</content>
internal static partial class RowMapping
{
    public static ImageRow ToRow(this StudioImage image)
    {
        var row = new ImageRow
        {
            Id = image.Id,
            Owner = image.Owner.Text,
            Kind = image.Kind,
            BlobKey = image.BlobKey,
            ContentType = image.ContentType,
            Width = image.Width,
            Height = image.Height,
            Bytes = image.Bytes,
            Sha256 = image.Sha256,
            CreatedAt = image.CreatedAt,
            JobId = image.JobId,
            Position = image.Index,
            Operation = image.Operation,
            Parameters = image.Parameters,
            Engine = image.Engine is null ? null : Write(image.Engine, RowJson.Default.EngineReport),
            Parents = Write(image.Parents, RowJson.Default.IReadOnlyListGuid),
            Downloads = image.Downloads,
            DeletedAt = image.DeletedAt,
            FileName = image.FileName,
            PerceptualHash = image.PerceptualHash,
            Camera = image.Camera is null ? null : Write(image.Camera, RowJson.Default.CameraMetadata),
            UpdatedAt = image.UpdatedAt,
            Version = image.Version,
        };
        row.Apply(image);
        return row;
    }

    /// <summary>Writes what can change in a picture's life, except what its store decides.</summary>
    public static void Apply(this ImageRow row, StudioImage image)
    {
        row.Title = image.Title;
        row.Description = image.Description;
        row.Tags = image.Tags.Count == 0 ? null : Write(image.Tags, RowJson.Default.IReadOnlyListImageTag);
        row.IsPublic = image.IsPublic;
        row.IsContentSafe = image.IsContentSafe;
        row.NeedsReview = image.Moderation is { Overruling: null } moderation && (moderation.Flagged || !moderation.IsSafe);
        row.IsFavorite = image.IsFavorite;
        row.Rating = image.Rating;
        row.RatingComment = image.RatingComment;
        row.InGallery = row.Kind == ImageKind.Result || (row.Kind == ImageKind.Upload && image.InGallery);
        row.Prompt = image.Prompt;
        row.RefinedPrompt = image.RefinedPrompt;
        row.Intent = image.Intent;
        row.Style = image.Style;
        row.TaskId = image.TaskId;
        row.Settings = image.Settings;
        row.Moderation = image.Moderation is null ? null : Write(image.Moderation, RowJson.Default.ImageModeration);
    }

    public static StudioImage ToImage(this ImageRow row) => new()
    {
        Id = row.Id,
        Owner = Owner.Parse(row.Owner),
        Kind = row.Kind,
        BlobKey = row.BlobKey,
        ContentType = row.ContentType,
        Width = row.Width,
        Height = row.Height,
        Bytes = row.Bytes,
        Sha256 = row.Sha256,
        CreatedAt = row.CreatedAt,
        JobId = row.JobId,
        Index = row.Position,
        Operation = row.Operation,
        Parameters = row.Parameters,
        Engine = row.Engine is null ? null : Read(row.Engine, RowJson.Default.EngineReport),
        Parents = Read(row.Parents, RowJson.Default.IReadOnlyListGuid),
        Downloads = row.Downloads,
        DeletedAt = row.DeletedAt,
        Title = row.Title,
        Description = row.Description,
        FileName = row.FileName,
        Tags = row.Tags is null ? [] : Read(row.Tags, RowJson.Default.IReadOnlyListImageTag),
        IsPublic = row.IsPublic,
        IsFavorite = row.IsFavorite,
        Rating = row.Rating,
        RatingComment = row.RatingComment,
        InGallery = row.InGallery,
        Prompt = row.Prompt,
        RefinedPrompt = row.RefinedPrompt,
        Intent = row.Intent,
        Style = row.Style,
        TaskId = row.TaskId,
        Settings = row.Settings,
        Moderation = row.Moderation is null ? null : Read(row.Moderation, RowJson.Default.ImageModeration),
        PerceptualHash = row.PerceptualHash,
        Camera = row.Camera is null ? null : Read(row.Camera, RowJson.Default.CameraMetadata),
        UpdatedAt = row.UpdatedAt,
        Version = row.Version,
    };

    public static UploadSessionRow ToRow(this UploadSession session) => new()
    {
        Id = session.Id,
        Owner = session.Owner.Text,
        Length = session.Length,
        Received = session.Received,
        Parts = Write(session.Parts, RowJson.Default.IReadOnlyListString),
        Details = session.Details,
        CreatedAt = session.CreatedAt,
        ExpiresAt = session.ExpiresAt,
        ImageId = session.ImageId,
    };

    public static UploadSession ToSession(this UploadSessionRow row) => new()
    {
        Id = row.Id,
        Owner = Owner.Parse(row.Owner),
        Length = row.Length,
        Received = row.Received,
        Parts = Read(row.Parts, RowJson.Default.IReadOnlyListString),
        Details = row.Details,
        CreatedAt = row.CreatedAt,
        ExpiresAt = row.ExpiresAt,
        ImageId = row.ImageId,
    };

    /// <summary>Adds a part's key to those of an upload.</summary>
    public static void Append(this UploadSessionRow row, UploadPart part)
    {
        row.Parts = Write([.. Read(row.Parts, RowJson.Default.IReadOnlyListString), part.BlobKey], RowJson.Default.IReadOnlyListString);
        row.Received += part.Length;
    }
}
