using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Styles;

/// <summary>What the caller thinks of a style: POST <c>favorite</c> without a body toggles, DELETE unsets; a rating has 1 to 5 and a comment.</summary>
internal static class RateStyle
{
    public static async Task<Results<Ok<Envelope<StyleFavoriteResource>>, StudioProblem>> FavorAsync(
        Guid id, HttpContext http, Caller caller, IStyleStore styles, IStyleOpinions opinions)
    {
        var fields = await BodyFields.ReadAsync(http);
        var wanted = fields.Flag("is_favorite");
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);
        if (await styles.FindAsync(id, http.RequestAborted) is null) return StudioProblem.Missing("style");
        return Favored(await opinions.ChangeAsync(caller.Owner, id, opinion => opinion with { IsFavorite = wanted ?? !opinion.IsFavorite }, http.RequestAborted));
    }

    public static async Task<Results<Ok<Envelope<StyleFavoriteResource>>, StudioProblem>> UnfavorAsync(
        Guid id, Caller caller, IStyleStore styles, IStyleOpinions opinions, CancellationToken cancellationToken) =>
        await styles.FindAsync(id, cancellationToken) is null
            ? StudioProblem.Missing("style")
            : Favored(await opinions.ChangeAsync(caller.Owner, id, opinion => opinion with { IsFavorite = false }, cancellationToken));

    public static async Task<Results<Ok<Envelope<StyleRatingResource>>, StudioProblem>> RateAsync(
        Guid id, HttpContext http, Caller caller, IStyleStore styles, IStyleOpinions opinions)
    {
        var fields = await BodyFields.ReadAsync(http);
        var rating = (int?)fields.Number("rating", 1, 5);
        var comment = fields.Text("comment", StyleOpinion.MaxCommentLength, manyLines: true)?.Trim();
        if (rating is null && !fields.Faults.Has("rating")) fields.Faults.Add("rating", "is required: a whole number from 1 to 5.");
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);
        if (await styles.FindAsync(id, http.RequestAborted) is null) return StudioProblem.Missing("style");
        var text = string.IsNullOrEmpty(comment) ? null : comment;
        return Rated(await opinions.ChangeAsync(caller.Owner, id, opinion => opinion with { Rating = rating, Comment = text }, http.RequestAborted));
    }

    public static async Task<Results<Ok<Envelope<StyleRatingResource>>, StudioProblem>> UnrateAsync(
        Guid id, Caller caller, IStyleStore styles, IStyleOpinions opinions, CancellationToken cancellationToken) =>
        await styles.FindAsync(id, cancellationToken) is null
            ? StudioProblem.Missing("style")
            : Rated(await opinions.ChangeAsync(caller.Owner, id, opinion => opinion with { Rating = null, Comment = null }, cancellationToken));

    private static Ok<Envelope<StyleFavoriteResource>> Favored(StyleOpinion opinion) => TypedResults.Ok(new Envelope<StyleFavoriteResource>(
        new StyleFavoriteResource(opinion.StyleId, opinion.IsFavorite), opinion.IsFavorite ? "It is one of your favourites now." : "It is no favourite any more."));

    private static Ok<Envelope<StyleRatingResource>> Rated(StyleOpinion opinion) => TypedResults.Ok(new Envelope<StyleRatingResource>(
        new StyleRatingResource(opinion.StyleId, opinion.Rating, opinion.Comment), opinion.Rating is null ? "The rating is taken back." : "Thank you for rating it."));
}
