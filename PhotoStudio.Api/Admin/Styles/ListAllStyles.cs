using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Styles;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Admin.Styles;

internal static class ListAllStyles
{
    public static async Task<Results<Ok<ListEnvelope<StyleResource>>, StudioProblem>> HandleAsync(
        HttpRequest request, Caller caller, IStyleStore styles, StylePresenter presenter, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var filter = await ListStyles.FilterAsync(query, styles, cancellationToken) with { Retired = query.Flag("retired") };
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        var found = await styles.ListAsync(filter, page, cancellationToken);
        return TypedResults.Ok(query.Answer(await presenter.ShowAsync(found, caller, cancellationToken), "Every style."));
    }
}
