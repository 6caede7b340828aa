using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

internal static class ListImages
{
    public static Task<Results<Ok<ListEnvelope<ImageResource>>, StudioProblem>> UploadsAsync(
        HttpRequest request, Caller caller, IImageLibrary library, ImagePresenter presenter, CancellationToken cancellationToken) =>
        AnswerAsync(request, new ImageFilter(ImageShelf.Uploads, caller.Owner), "Your pictures, newest first.", library, presenter, cancellationToken);

    public static Task<Results<Ok<ListEnvelope<ImageResource>>, StudioProblem>> DeletedAsync(
        HttpRequest request, Caller caller, IImageLibrary library, ImagePresenter presenter, CancellationToken cancellationToken) =>
        AnswerAsync(
            request,
            new ImageFilter(ImageShelf.DeletedUploads, caller.Owner),
            "Your deleted pictures, the last deleted first.",
            library,
            presenter,
            cancellationToken);

    private static async Task<Results<Ok<ListEnvelope<ImageResource>>, StudioProblem>> AnswerAsync(
        HttpRequest request,
        ImageFilter shelf,
        string message,
        IImageLibrary library,
        ImagePresenter presenter,
        CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var filter = query.Narrow(shelf) with { Favorite = query.Flag("is_favorite") };
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await library.ListAsync(filter, page, cancellationToken);
        return TypedResults.Ok(query.Answer(found.Select(image => presenter.Show(image)), message));
    }
}
