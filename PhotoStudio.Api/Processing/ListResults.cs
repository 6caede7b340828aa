using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Images;

namespace PhotoStudio.Api.Processing;

internal static class ListResults
{
    public static Task<Results<Ok<ListEnvelope<ProcessingResultResource>>, StudioProblem>> HandleAsync(
        HttpRequest request,
        Caller caller,
        IImageStore images,
        JobPresenter presenter,
        CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var wanted = new ImageQuery(ImageKind.Result, query.Operation("operation", "job_type", "type") is { } operation ? [operation] : null, query.Id("job_id"))
        {
            Favorite = query.Flag("is_favorite"),
            From = query.Time("date_from") ?? query.Time("from"),
            Before = query.Time("date_to", wholeDay: true) ?? query.Time("to", wholeDay: true),
        };
        query.CheckOrder("date_from", wanted.From, wanted.Before);
        return AnswerAsync(query, wanted, caller, images, presenter, cancellationToken);
    }

    /// <summary>The caller's results of some operations, as the history endpoints answer them.</summary>
    public static Task<Results<Ok<ListEnvelope<ProcessingResultResource>>, StudioProblem>> HistoryAsync(
        IReadOnlyCollection<string> operations,
        HttpRequest request,
        Caller caller,
        IImageStore images,
        JobPresenter presenter,
        CancellationToken cancellationToken) =>
        AnswerAsync(new ListQuery(request), new ImageQuery(ImageKind.Result, operations), caller, images, presenter, cancellationToken);

    private static async Task<Results<Ok<ListEnvelope<ProcessingResultResource>>, StudioProblem>> AnswerAsync(
        ListQuery query,
        ImageQuery wanted,
        Caller caller,
        IImageStore images,
        JobPresenter presenter,
        CancellationToken cancellationToken)
    {
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await images.ListAsync(caller.Owner, wanted, page, cancellationToken);
        return TypedResults.Ok(query.Answer(found.Select(image => ProcessingResultResource.From(image, presenter)), "Your results, newest first."));
    }
}
