using System.Text.Json.Nodes;
using PhotoStudio.Api.Styles;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Processing;

/// <summary>A result with what is known of how it was made.</summary>
/// <param name="Id">Identifies the picture; also of the processed image and the gallery entry.</param>
/// <param name="JobId">The job that made it.</param>
/// <param name="Operation">The operation that made it.</param>
/// <param name="Parameters">The parameters it was made with, defaults included.</param>
/// <param name="Metadata">What ran it.</param>
/// <param name="SourceIds">The pictures it was made from.</param>
/// <param name="Url">A signed URL that shows it, until it expires.</param>
/// <param name="DownloadUrl">Where to download it; a download is counted.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Sha256">SHA-256 of the file, 64 hexadecimal digits.</param>
/// <param name="Downloads">How often it was downloaded.</param>
/// <param name="IsFavorite">Whether it is a favourite.</param>
/// <param name="Rating">Its owner's rating, 1–5.</param>
/// <param name="Comment">What its owner says about the rating.</param>
/// <param name="StyleId">The style of the catalogue that it was made with; retired ones are still shown.</param>
/// <param name="CreatedAt">When it was stored.</param>
public sealed record ProcessingResultResource(
    Guid Id,
    Guid? JobId,
    string? Operation,
    JsonObject? Parameters,
    EngineResource? Metadata,
    IReadOnlyList<Guid> SourceIds,
    string Url,
    string DownloadUrl,
    int Width,
    int Height,
    string ContentType,
    long Bytes,
    string Sha256,
    long Downloads,
    bool IsFavorite,
    int? Rating,
    string? Comment,
    Guid? StyleId,
    DateTimeOffset CreatedAt)
{
    /// <summary>Shows a stored result.</summary>
    internal static ProcessingResultResource From(StudioImage image, JobPresenter presenter)
    {
        var shown = presenter.Show(image);
        var parameters = image.Parameters is { } text ? JsonNode.Parse(text) as JsonObject : null;
        return new ProcessingResultResource(
            image.Id,
            image.JobId,
            image.Operation,
            parameters,
            JobPresenter.Show(image.Engine),
            image.Parents,
            shown.Url,
            $"/api/v1/processing/results/{image.Id:D}/download",
            image.Width,
            image.Height,
            image.ContentType,
            image.Bytes,
            image.Sha256,
            image.Downloads,
            image.IsFavorite,
            image.Rating,
            image.RatingComment,
            StyleIds.Of(parameters),
            image.CreatedAt);
    }
}

/// <summary>Where to download a result without a token.</summary>
/// <param name="Url">A signed URL that saves it under a file name.</param>
/// <param name="ExpiresAt">When the URL stops working.</param>
/// <param name="FileName">The file name.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record DownloadResource(string Url, DateTimeOffset ExpiresAt, string FileName, string ContentType, long Bytes);
