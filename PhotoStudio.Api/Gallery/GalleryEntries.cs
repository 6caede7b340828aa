using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Images;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Gallery;

/// <summary>Shows, changes, deletes, restores and removes entries; each with <c>If-Match</c> where two might meet.</summary>
internal static class GalleryEntries
{
    public static async Task<Results<Ok<GalleryEntryResource>, StatusCodeHttpResult, StudioProblem>> ShowAsync(
        Guid id, HttpContext http, Caller caller, LibraryChanges library, GalleryPresenter presenter, TimeProvider time, CancellationToken cancellationToken)
    {
        var image = await library.FindAsync(caller.Owner, id, LibraryView.Entry, cancellationToken);
        if (EntityTags.IsKnown(http, ShowImage.TagOf(image, time))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(presenter.Show(image));
    }

    public static async Task<Results<Ok<GalleryEntryResource>, StudioProblem>> EditAsync(
        Guid id, HttpContext http, Caller caller, RequestContentReader reader, LibraryChanges library, GalleryPresenter presenter, TimeProvider time)
    {
        var content = await reader.ReadAsync(http, http.RequestAborted);
        var fields = ImageFields.Read(content);
        var owner = caller.As(content.Text(GuestIds.UserIdField), content.Faults);
        if (!content.Faults.IsEmpty || owner is null) return StudioProblem.Validation(content.Faults);
        return Answer(http, await library.ChangeAsync(http, owner.Value, id, LibraryView.Entry, fields.ApplyTo), presenter, time);
    }

    public static async Task<Results<Ok<GalleryEntryResource>, StudioProblem>> DeleteAsync(
        Guid id, HttpContext http, Caller caller, LibraryChanges library, GalleryPresenter presenter, TimeProvider time) =>
        Answer(http, await library.DeleteAsync(http, caller.Owner, id, LibraryView.Entry), presenter, time);

    public static async Task<Results<Ok<GalleryEntryResource>, StudioProblem>> RestoreAsync(
        Guid id, HttpContext http, Caller caller, LibraryChanges library, GalleryPresenter presenter, TimeProvider time) =>
        Answer(http, await library.RestoreAsync(http, caller.Owner, id, LibraryView.Entry), presenter, time);

    public static async Task<Results<NoContent, StudioProblem>> RemoveAsync(Guid id, HttpContext http, Caller caller, LibraryChanges library)
    {
        await library.RemoveAsync(http, caller.Owner, id, LibraryView.Entry);
        return TypedResults.NoContent();
    }

    public static async Task<Results<Ok<GalleryFavorite>, StudioProblem>> FavoriteAsync(
        Guid id, HttpContext http, Caller caller, RequestContentReader reader, LibraryChanges library) =>
        Answer(await FavoriteImage.ReadAndSetAsync(id, http, caller, reader, library, LibraryView.Entry));

    public static async Task<Results<Ok<GalleryFavorite>, StudioProblem>> UnfavoriteAsync(Guid id, HttpContext http, Caller caller, LibraryChanges library) =>
        Answer(await library.ChangeAsync(http, caller.Owner, id, LibraryView.Entry, image => image with { IsFavorite = false }));

    public static async Task<Results<Ok<GalleryRating>, StudioProblem>> RateAsync(
        Guid id, HttpContext http, Caller caller, RequestContentReader reader, LibraryChanges library)
    {
        var image = await RateImage.ReadAndSetAsync(id, http, caller, reader, library, LibraryView.Entry);
        return TypedResults.Ok(new GalleryRating(image.Id, image.Rating, image.RatingComment));
    }

    private static Ok<GalleryFavorite> Answer(StudioImage image) => TypedResults.Ok(new GalleryFavorite(image.Id, image.IsFavorite));

    private static Ok<GalleryEntryResource> Answer(HttpContext http, StudioImage image, GalleryPresenter presenter, TimeProvider time)
    {
        http.Response.Headers.ETag = ShowImage.TagOf(image, time).ToString();
        return TypedResults.Ok(presenter.Show(image));
    }
}
