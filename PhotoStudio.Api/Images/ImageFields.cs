using PhotoStudio.Api.Pictures;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>What an owner says about a picture. Whatever else a body holds (owner, role, safety, counts) is not looked at.</summary>
internal sealed record ImageFields
{
    public Given<string> Title { get; private init; }

    public Given<string> Description { get; private init; }

    public Given<IReadOnlyList<ImageTag>> Tags { get; private init; }

    public Given<bool?> IsPublic { get; private init; }

    public Given<bool?> IsFavorite { get; private init; }

    public Given<int?> Rating { get; private init; }

    public Given<string> Prompt { get; private init; }

    public Given<string> RefinedPrompt { get; private init; }

    public Given<string> Intent { get; private init; }

    public Given<string> Style { get; private init; }

    public Given<string> TaskId { get; private init; }

    public Given<string> Settings { get; private init; }

    /// <summary>Reads the fields; every fault is in the content's list.</summary>
    public static ImageFields Read(RequestContent content)
    {
        var fields = new FieldReader(content);
        var metadata = fields.Object("metadata");
        var settings = fields.Object("settings");
        return new ImageFields
        {
            Title = fields.Text("title", ImageLimits.MaxTitleLength),
            Description = fields.Text("description", ImageLimits.MaxDescriptionLength, lines: true),
            Tags = fields.Tags("tags"),
            IsPublic = fields.Flag("is_public"),
            IsFavorite = fields.Flag("is_favorite"),
            Rating = fields.Number("rating", 1, 5),
            Prompt = fields.Text("prompt", ImageLimits.MaxPromptLength, lines: true),
            RefinedPrompt = fields.Text("refined_prompt", 2 * ImageLimits.MaxPromptLength, lines: true),
            Intent = fields.Text("intent", ImageLimits.MaxNameLength),
            Style = fields.Text("style", ImageLimits.MaxNameLength),
            TaskId = fields.Text("task_id", ImageLimits.MaxNameLength),
            Settings = settings.IsGiven ? settings : metadata,
        };
    }

    /// <summary>The picture with what was said about it.</summary>
    public StudioImage ApplyTo(StudioImage image)
    {
        var detected = image.Tags.Where(tag => tag.Confidence is not null);
        return image with
        {
            Title = Title.Or(image.Title),
            Description = Description.Or(image.Description),
            Tags = Tags.IsGiven ? ImageTag.Merge(Tags.Value ?? [], detected) : image.Tags,
            IsPublic = IsPublic.Value ?? image.IsPublic,
            IsFavorite = IsFavorite.Value ?? image.IsFavorite,
            Rating = Rating.Or(image.Rating),
            Prompt = Prompt.Or(image.Prompt),
            RefinedPrompt = RefinedPrompt.Or(image.RefinedPrompt),
            Intent = Intent.Or(image.Intent),
            Style = Style.Or(image.Style),
            TaskId = TaskId.Or(image.TaskId),
            Settings = Settings.Or(image.Settings),
        };
    }

    /// <summary>What makes two requests the same, for an idempotency key.</summary>
    public IEnumerable<string> Fingerprint() =>
    [
        $"{Title}", $"{Description}", string.Join(',', Tags.Value?.Select(tag => tag.Slug) ?? []), $"{IsPublic}", $"{IsFavorite}", $"{Rating}",
        $"{Prompt}", $"{RefinedPrompt}", $"{Intent}", $"{Style}", $"{TaskId}", $"{Settings}",
    ];
}
