using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>Results of jobs, as processed images.</summary>
internal static class ListProcessed
{
    public static async Task<Results<Ok<ListEnvelope<ImageResource>>, StudioProblem>> ListAsync(
        HttpRequest request, Caller caller, IImageLibrary library, ImagePresenter presenter, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var filter = query.Narrow(new ImageFilter(ImageShelf.Results, caller.Owner)) with
        {
            Operation = query.Operation("operation", "job_type"),
            Favorite = query.Flag("is_favorite"),
        };
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await library.ListAsync(filter, page, cancellationToken);
        return TypedResults.Ok(query.Answer(found.Select(image => presenter.Show(image)), "Your processed pictures, newest first."));
    }

    public static async Task<Results<Ok<Envelope<ImageResource>>, StatusCodeHttpResult, StudioProblem>> ShowAsync(
        Guid id,
        HttpContext http,
        Caller caller,
        LibraryChanges library,
        ImagePresenter presenter,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var image = await library.FindAsync(caller.Owner, id, LibraryView.Processed, cancellationToken);
        if (EntityTags.IsKnown(http, ShowImage.TagOf(image, time))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(new Envelope<ImageResource>(presenter.Show(image), "Your processed picture."));
    }
}
