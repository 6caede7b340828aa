using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>Ratings of 1 to 5 with an optional comment; DELETE takes the rating back.</summary>
internal static class RateImage
{
    public static async Task<Results<Ok<Envelope<RatingResource>>, StudioProblem>> SetAsync(
        Guid id, HttpContext http, Caller caller, RequestContentReader reader, LibraryChanges library, TimeProvider time) =>
        Answer(http, await ReadAndSetAsync(id, http, caller, reader, library, ViewOf(http)), time);

    public static async Task<Results<Ok<Envelope<RatingResource>>, StudioProblem>> UnsetAsync(
        Guid id, HttpContext http, Caller caller, LibraryChanges library, TimeProvider time) =>
        Answer(http, await library.ChangeAsync(http, caller.Owner, id, ViewOf(http), image => image with { Rating = null, RatingComment = null }), time);

    /// <summary>Reads the body and sets the rating.</summary>
    /// <exception cref="ProblemException">400, 404 or 412.</exception>
    public static async Task<StudioImage> ReadAndSetAsync(
        Guid id, HttpContext http, Caller caller, RequestContentReader reader, LibraryChanges library, LibraryView view)
    {
        var content = await reader.ReadAsync(http, http.RequestAborted);
        var fields = new FieldReader(content);
        var rating = fields.Number("rating", 1, 5);
        var comment = fields.Text("comment", ImageLimits.MaxCommentLength, lines: true);
        if (rating.Value is null && !content.Faults.Has("rating")) content.Faults.Add("rating", "is required: a whole number from 1 to 5.");
        var owner = caller.As(content.Text(GuestIds.UserIdField), content.Faults);
        if (!content.Faults.IsEmpty || owner is null) throw StudioProblem.Validation(content.Faults).ToException();
        return await library.ChangeAsync(
            http, owner.Value, id, view, image => image with { Rating = rating.Value, RatingComment = comment.Or(image.RatingComment) });
    }

    private static LibraryView ViewOf(HttpContext http) => http.GetEndpoint()!.Metadata.GetRequiredMetadata<LibraryView>();

    private static Ok<Envelope<RatingResource>> Answer(HttpContext http, StudioImage image, TimeProvider time)
    {
        http.Response.Headers.ETag = ShowImage.TagOf(image, time).ToString();
        return TypedResults.Ok(new Envelope<RatingResource>(
            new RatingResource(image.Id, image.Rating, image.RatingComment), image.Rating is null ? "The rating is taken back." : "Thank you for rating it."));
    }
}
