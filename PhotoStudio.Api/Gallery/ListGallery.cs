using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Images;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Gallery;

internal static class ListGallery
{
    public static Task<Results<Ok<GalleryPage>, StudioProblem>> EntriesAsync(
        HttpRequest request, Caller caller, IImageLibrary library, GalleryPresenter presenter, CancellationToken cancellationToken) =>
        AnswerAsync(request, new ImageFilter(ImageShelf.Gallery, caller.Owner), library, presenter, cancellationToken);

    public static Task<Results<Ok<GalleryPage>, StudioProblem>> DeletedAsync(
        HttpRequest request, Caller caller, IImageLibrary library, GalleryPresenter presenter, CancellationToken cancellationToken) =>
        AnswerAsync(request, new ImageFilter(ImageShelf.DeletedGallery, caller.Owner), library, presenter, cancellationToken);

    private static async Task<Results<Ok<GalleryPage>, StudioProblem>> AnswerAsync(
        HttpRequest request, ImageFilter shelf, IImageLibrary library, GalleryPresenter presenter, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var filter = query.Narrow(shelf) with
        {
            Operation = query.Operation("operation", "intent", "job_type"),
            Style = query.Text("style", ImageLimits.MaxNameLength),
            Favorite = query.Flag("is_favorite") ?? query.Flag("favorite"),
            From = query.Time("from"),
            Before = query.Time("to", wholeDay: true),
        };
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = (await library.ListAsync(filter, page, cancellationToken)).Select(presenter.Show);
        var (next, previous) = query.Neighbours(found);
        return TypedResults.Ok(new GalleryPage(found.Items, found.Total, found.Number, found.Size, next, previous));
    }
}
