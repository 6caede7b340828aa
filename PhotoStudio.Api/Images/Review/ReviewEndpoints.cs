using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Admin;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images.Review;

/// <summary>What moderation wants a person to look at, and that person's decision, which counts instead: <c>/api/v1/admin/images</c>.</summary>
internal static class ReviewEndpoints
{
    private const int MaxNoteLength = 500;

    public static void MapImageReview(this IEndpointRouteBuilder routes)
    {
        var review = routes.MapGroup("/api/v1/admin/images").WithTags("Administration").RequireAdmin();
        review.MapGet("/flagged", ListAsync)
            .WithName("ListFlaggedImages")
            .WithSummary("Pictures that moderation flagged and nobody has decided about, newest first")
            .WithPaging();
        review.MapPost("/{id:guid}/moderation", OverruleAsync)
            .DisableAntiforgery()
            .WithName("OverruleModeration")
            .WithSummary("Decides whether a picture may be shown to others")
            .WithDescription("`status` is `approved` or `rejected`, with an optional `note` that the owner sees. It counts instead of what moderation found.")
            .DocumentsBody(ImageBodies.Decision);
    }

    private static async Task<Results<Ok<ListEnvelope<ImageResource>>, StudioProblem>> ListAsync(
        HttpRequest request, IImageLibrary library, ImagePresenter presenter, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await library.ListAsync(new ImageFilter(ImageShelf.Flagged), page, cancellationToken);
        return TypedResults.Ok(query.Answer(found.Select(image => presenter.Show(image) with { Exif = null }), "Pictures to look at, newest first."));
    }

    private static async Task<Results<Ok<Envelope<ImageResource>>, StudioProblem>> OverruleAsync(
        Guid id, HttpContext http, Caller caller, RequestContentReader reader, IImageLibrary library, ImagePresenter presenter, TimeProvider time)
    {
        var content = await reader.ReadAsync(http, http.RequestAborted);
        var fields = new FieldReader(content);
        var note = fields.Text("note", MaxNoteLength, lines: true);
        var safe = fields.Text("status", 20).Value switch { "approved" => true, "rejected" => false, _ => (bool?)null };
        if (safe is null) content.Faults.Add("status", "must be approved or rejected.");
        if (!content.Faults.IsEmpty) return StudioProblem.Validation(content.Faults);

        http.Note(safe!.Value ? "approved" : "rejected");
        var decision = new ModerationOverruling(safe!.Value, caller.Owner.Text, note.Value, time.GetUtcNow());
        var change = await library.ChangeAsync(id, image => image with { Moderation = Judged(image) with { Overruling = decision } }, http.RequestAborted);
        return change is ImageChange.Done { Image: var image }
            ? TypedResults.Ok(new Envelope<ImageResource>(presenter.Show(image) with { Exif = null }, safe.Value ? "The picture may be shown." : "The picture is kept from others."))
            : StudioProblem.Missing("image");

        ImageModeration Judged(StudioImage image) => image.Moderation ?? new ImageModeration(
            0, ImageModeration.DefaultThreshold, Flagged: false, new Dictionary<string, double>(StringComparer.Ordinal), "none", time.GetUtcNow());
    }
}
