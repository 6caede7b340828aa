using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Processing;

internal static class ShowResult
{
    public static async Task<Results<Ok<Envelope<ProcessingResultResource>>, StatusCodeHttpResult, StudioProblem>> HandleAsync(
        Guid id,
        HttpContext http,
        Caller caller,
        IImageStore images,
        JobPresenter presenter,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await images.FindAsync(caller.Owner, id, cancellationToken) is not { Kind: ImageKind.Result } image) return StudioProblem.Missing("result");
        if (EntityTags.IsKnown(http, EntityTags.Of(time, image.Sha256[..16], image.Downloads)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);

        return TypedResults.Ok(new Envelope<ProcessingResultResource>(ProcessingResultResource.From(image, presenter), "Your result."));
    }
}
