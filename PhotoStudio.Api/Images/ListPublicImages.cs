using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

/// <summary>What owners show to everybody, without what is theirs alone: file, camera and place, safety, counts.</summary>
internal static class ListPublicImages
{
    public static async Task<Results<Ok<ListEnvelope<PublicImageResource>>, StudioProblem>> ListAsync(
        HttpRequest request, Caller caller, IImageLibrary library, ImagePresenter presenter, CancellationToken cancellationToken)
    {
        _ = caller;
        var query = new ListQuery(request);
        var filter = query.Narrow(new ImageFilter(ImageShelf.Public));
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await library.ListAsync(filter, page, cancellationToken);
        return TypedResults.Ok(query.Answer(found.Select(presenter.ShowPublic), "What people show to everybody, newest first."));
    }

    public static async Task<Results<Ok<Envelope<PublicImageResource>>, StudioProblem>> ShowAsync(
        Guid id, Caller caller, IImageLibrary library, ImagePresenter presenter, CancellationToken cancellationToken)
    {
        _ = caller;
        return await library.FindAsync(id, cancellationToken) is { DeletedAt: null, IsPublic: true, IsContentSafe: true } image
            ? TypedResults.Ok(new Envelope<PublicImageResource>(presenter.ShowPublic(image), "A picture that everybody may see."))
            : StudioProblem.Missing("image");
    }
}
