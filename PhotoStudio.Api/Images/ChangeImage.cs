using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>Changes, deletes, restores and removes a picture. Fields that are not given stay as they are, with PUT and PATCH alike.</summary>
internal static class ChangeImage
{
    public static async Task<Results<Ok<Envelope<ImageResource>>, StudioProblem>> EditAsync(
        Guid id, HttpContext http, Caller caller, RequestContentReader reader, LibraryChanges library, ImagePresenter presenter, TimeProvider time)
    {
        var content = await reader.ReadAsync(http, http.RequestAborted);
        var fields = ImageFields.Read(content);
        var owner = caller.As(content.Text(GuestIds.UserIdField), content.Faults);
        if (!content.Faults.IsEmpty || owner is null) return StudioProblem.Validation(content.Faults);

        return Answer(http, await library.ChangeAsync(http, owner.Value, id, LibraryView.Image, fields.ApplyTo), "Your picture is changed.", presenter, time);
    }

    public static async Task<Results<Ok<Envelope<ImageResource>>, StudioProblem>> DeleteAsync(
        Guid id, HttpContext http, Caller caller, LibraryChanges library, ImagePresenter presenter, TimeProvider time) =>
        Answer(
            http,
            await library.DeleteAsync(http, caller.Owner, id, LibraryView.Image),
            "Your picture is deleted. It can be restored until it is removed for good.",
            presenter,
            time);

    public static async Task<Results<Ok<Envelope<ImageResource>>, StudioProblem>> RestoreAsync(
        Guid id, HttpContext http, Caller caller, LibraryChanges library, ImagePresenter presenter, TimeProvider time) =>
        Answer(http, await library.RestoreAsync(http, caller.Owner, id, LibraryView.Image), "Your picture is back.", presenter, time);

    public static async Task<Results<NoContent, StudioProblem>> RemoveAsync(Guid id, HttpContext http, Caller caller, LibraryChanges library)
    {
        await library.RemoveAsync(http, caller.Owner, id, LibraryView.Image);
        return TypedResults.NoContent();
    }

    private static Ok<Envelope<ImageResource>> Answer(HttpContext http, StudioImage image, string message, ImagePresenter presenter, TimeProvider time)
    {
        http.Response.Headers.ETag = ShowImage.TagOf(image, time).ToString();
        return TypedResults.Ok(new Envelope<ImageResource>(presenter.Show(image), message));
    }
}
