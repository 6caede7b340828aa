using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>
/// Favourites: POST without a body toggles, <c>is_favorite</c> sets, DELETE unsets. Toggles at the same time all count.
/// </summary>
internal static class FavoriteImage
{
    public static async Task<Results<Ok<Envelope<FavoriteResource>>, StudioProblem>> SetAsync(
        Guid id, HttpContext http, Caller caller, RequestContentReader reader, LibraryChanges library, TimeProvider time) =>
        Answer(http, await ReadAndSetAsync(id, http, caller, reader, library, ViewOf(http)), time);

    public static async Task<Results<Ok<Envelope<FavoriteResource>>, StudioProblem>> UnsetAsync(
        Guid id, HttpContext http, Caller caller, LibraryChanges library, TimeProvider time) =>
        Answer(http, await library.ChangeAsync(http, caller.Owner, id, ViewOf(http), image => image with { IsFavorite = false }), time);

    /// <summary>Reads the body and sets or toggles.</summary>
    /// <exception cref="ProblemException">400, 404 or 412.</exception>
    public static async Task<StudioImage> ReadAndSetAsync(
        Guid id, HttpContext http, Caller caller, RequestContentReader reader, LibraryChanges library, LibraryView view)
    {
        var content = await reader.ReadAsync(http, http.RequestAborted);
        var wanted = new FieldReader(content).Flag("is_favorite");
        var owner = caller.As(content.Text(GuestIds.UserIdField), content.Faults);
        if (!content.Faults.IsEmpty || owner is null) throw StudioProblem.Validation(content.Faults).ToException();
        return await library.ChangeAsync(http, owner.Value, id, view, image => image with { IsFavorite = wanted.Value ?? !image.IsFavorite });
    }

    private static LibraryView ViewOf(HttpContext http) => http.GetEndpoint()!.Metadata.GetRequiredMetadata<LibraryView>();

    private static Ok<Envelope<FavoriteResource>> Answer(HttpContext http, StudioImage image, TimeProvider time)
    {
        http.Response.Headers.ETag = ShowImage.TagOf(image, time).ToString();
        return TypedResults.Ok(new Envelope<FavoriteResource>(
            new FavoriteResource(image.Id, image.IsFavorite), image.IsFavorite ? "It is one of your favourites now." : "It is no favourite any more."));
    }
}
