using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Images.Sizes;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>The caller's tags, and tagging one picture.</summary>
internal static class TagImages
{
    private const int MaxListed = 500;

    public static async Task<Results<Ok<Envelope<IReadOnlyList<TagCountResource>>>, StudioProblem>> ListAsync(
        Caller caller, IImageLibrary library, CancellationToken cancellationToken)
    {
        var tags = await library.TagsAsync(caller.Owner, MaxListed, cancellationToken);
        return TypedResults.Ok(new Envelope<IReadOnlyList<TagCountResource>>(
            [.. tags.Select(tag => new TagCountResource(tag.Name, tag.Slug, tag.Count))], "Your tags, the most used first."));
    }

    /// <summary>Adds tags that the owner gives.</summary>
    public static async Task<Results<Ok<Envelope<ImageResource>>, StudioProblem>> AddAsync(
        Guid id, HttpContext http, Caller caller, RequestContentReader reader, LibraryChanges library, ImagePresenter presenter)
    {
        var content = await reader.ReadAsync(http, http.RequestAborted);
        var tags = new FieldReader(content).Tags("tags");
        if (tags.Value is null or { Count: 0 } && !content.Faults.Has("tags")) content.Faults.Add("tags", "is required: a list of names.");
        if (!content.Faults.IsEmpty) return StudioProblem.Validation(content.Faults);

        var image = await library.ChangeAsync(http, caller.Owner, id, LibraryView.Image, known => known with { Tags = With(known.Tags, tags.Value!) });
        return TypedResults.Ok(new Envelope<ImageResource>(presenter.Show(image), "Your picture is tagged."));
    }

    /// <summary>Takes a tag away, given or detected.</summary>
    public static async Task<Results<Ok<Envelope<ImageResource>>, StudioProblem>> RemoveAsync(
        Guid id, string slug, HttpContext http, Caller caller, LibraryChanges library, ImagePresenter presenter)
    {
        var image = await library.ChangeAsync(
            http, caller.Owner, id, LibraryView.Image, known => known with { Tags = [.. known.Tags.Where(tag => tag.Slug != slug)] });
        return TypedResults.Ok(new Envelope<ImageResource>(presenter.Show(image), "The tag is taken away."));
    }

    /// <summary>Looks at the picture once more and replaces the detected tags.</summary>
    public static async Task<Results<Ok<Envelope<ImageResource>>, StudioProblem>> DetectAsync(
        Guid id, HttpContext http, Caller caller, LibraryChanges library, SizeMaker sizes, PictureReview review, ImagePresenter presenter)
    {
        var known = await library.FindAsync(caller.Owner, id, LibraryView.Image, http.RequestAborted);
        var detected = await review.DetectAsync(await sizes.ReadAsync(known, http.RequestAborted), http.RequestAborted);
        var image = await library.ChangeAsync(
            http, caller.Owner, id, LibraryView.Image, now => now with { Tags = ImageTag.Merge(now.Tags.Where(tag => tag.Confidence is null), detected) });
        var message = detected.Count == 0 ? "Nothing was found that has a name; that needs a model for detect-objects." : "The detected tags are new.";
        return TypedResults.Ok(new Envelope<ImageResource>(presenter.Show(image), message));
    }

    private static IReadOnlyList<ImageTag> With(IReadOnlyList<ImageTag> known, IReadOnlyList<ImageTag> added)
    {
        var tags = ImageTag.Merge(known.Where(tag => tag.Confidence is null).Concat(added), known.Where(tag => tag.Confidence is not null));
        if (tags.Count(tag => tag.Confidence is null) > ImageTag.MaxPerImage)
            throw StudioProblem.Invalid("tags", $"a picture may have at most {ImageTag.MaxPerImage} tags.").ToException();
        return tags;
    }
}
