using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Images.Sizes;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Images;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Api.Images;

/// <summary>
/// The caller's pictures that look like one of them. Uploads have their hash from the beginning; what came or was made with jobs gets it
/// here, some pictures a request, the newest first.
/// </summary>
internal static partial class FindSimilar
{
    private const int HashesAtATime = 50;
    private const int MaxFound = 100;

    public static async Task<Results<Ok<Envelope<IReadOnlyList<SimilarImageResource>>>, StudioProblem>> HandleAsync(
        Guid id,
        HttpRequest request,
        Caller caller,
        LibraryChanges library,
        ISimilarImages similar,
        SizeMaker sizes,
        IPictureCodec codec,
        IOptions<UploadOptions> limits,
        ImagePresenter presenter,
        ILogger<ImageIntake> logger,
        CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var distance = query.Number("max_distance", 0, 64) ?? PerceptualHash.UsualDistance;
        var limit = query.Number("limit", 1, MaxFound) ?? 20;
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var owner = caller.Owner;
        var image = await library.FindAsync(owner, id, LibraryView.Image, cancellationToken);
        var hash = image.PerceptualHash ?? await HashAsync(image);
        if (hash is null) return StudioProblem.Of(ProblemCode.UndecodablePicture, "The picture can no longer be read.");

        foreach (var other in await similar.WithoutHashAsync(owner, HashesAtATime, cancellationToken)) await HashAsync(other);
        var left = await similar.WithoutHashAsync(owner, 1, cancellationToken);
        var found = await similar.FindAsync(owner, hash.Value, distance, limit + 1, cancellationToken);
        var shown = found.Where(other => other.Image.Id != id).Take(limit)
            .Select(other => new SimilarImageResource(presenter.Show(other.Image), other.Distance, Math.Round(1 - (other.Distance / 64.0), 4)));
        var message = left.Count == 0 ? "The nearest first." : "The nearest first. Some of your pictures have not been looked at yet; ask again for more.";
        return TypedResults.Ok(new Envelope<IReadOnlyList<SimilarImageResource>>([.. shown], message));

        async Task<long?> HashAsync(StudioImage unknown)
        {
            try
            {
                var file = await sizes.ReadAsync(unknown, cancellationToken);
                var taken = PerceptualHash.Of(codec, file, limits.Value.Limits, cancellationToken);
                await similar.SetHashAsync(unknown.Id, taken, cancellationToken);
                return taken;
            }
            catch (Exception exception) when (exception is StorageException or PictureFormatException or PictureTooLargeException or EndOfStreamException)
            {
                LogUnreadable(logger, exception, unknown.Id);
                return null;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The picture {ImageId} could not be read for its hash")]
    private static partial void LogUnreadable(ILogger logger, Exception exception, Guid imageId);
}
