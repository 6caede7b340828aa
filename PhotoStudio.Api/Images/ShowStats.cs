using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Images;

internal static class ShowStats
{
    private const int TopTags = 10;

    public static async Task<Results<Ok<Envelope<ImageStatsResource>>, StudioProblem>> HandleAsync(
        Caller caller, IImageLibrary library, CancellationToken cancellationToken)
    {
        var owner = caller.Owner;
        var sums = await library.StatisticsAsync(owner, cancellationToken);
        var tags = await library.TagsAsync(owner, TopTags, cancellationToken);
        return TypedResults.Ok(new Envelope<ImageStatsResource>(
            new ImageStatsResource(
                sums.Uploads + sums.Results,
                sums.Uploads,
                sums.Results,
                sums.Deleted,
                sums.Favorites,
                sums.Public,
                sums.Bytes,
                sums.Downloads,
                sums.ByOperation,
                sums.ByContentType,
                [.. tags.Select(tag => new TagCountResource(tag.Name, tag.Slug, tag.Count))]),
            "Your pictures in numbers."));
    }
}
