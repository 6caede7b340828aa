using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Blobs;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Styles;

internal static class ShowExamples
{
    private static readonly TimeSpan UrlLifetime = TimeSpan.FromHours(24);

    public static async Task<Results<Ok<Envelope<IReadOnlyList<StyleExampleResource>>>, StudioProblem>> HandleAsync(
        Guid id, Caller caller, IStyleStore styles, StyleExamples examples, IBlobUrls urls, CancellationToken cancellationToken)
    {
        _ = caller;
        if (await styles.FindAsync(id, cancellationToken) is not { } style) return StudioProblem.Missing("style");
        try
        {
            var made = await examples.OfAsync(style, cancellationToken);
            return TypedResults.Ok(new Envelope<IReadOnlyList<StyleExampleResource>>(
                [.. made.Select(example => new StyleExampleResource(
                    example.Title, urls.Sign(example.Original, UrlLifetime), urls.Sign(example.Styled, UrlLifetime), StyleExamples.Width, StyleExamples.Height))],
                "Pictures of the studio's own making, and what the style makes of them."));
        }
        catch (InferenceException fault)
        {
            return FailureProblems.From(fault);
        }
    }
}
