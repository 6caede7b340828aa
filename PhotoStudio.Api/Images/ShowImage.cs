using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

internal static class ShowImage
{
    public static async Task<Results<Ok<Envelope<ImageResource>>, StatusCodeHttpResult, StudioProblem>> HandleAsync(
        Guid id,
        HttpContext http,
        Caller caller,
        LibraryChanges library,
        ImagePresenter presenter,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var image = await library.FindAsync(caller.Owner, id, LibraryView.Image, cancellationToken);
        if (EntityTags.IsKnown(http, TagOf(image, time))) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        return TypedResults.Ok(new Envelope<ImageResource>(presenter.Show(image), "Your picture."));
    }

    /// <summary>The entity tag of a picture's detail, in whatever view.</summary>
    public static Microsoft.Net.Http.Headers.EntityTagHeaderValue TagOf(StudioImage image, TimeProvider time) =>
        EntityTags.OfVersion(time, image.Version, image.Downloads, image.PerceptualHash is null ? 0 : 1);
}
