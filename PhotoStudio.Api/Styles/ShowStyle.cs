using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Styles;

internal static class ShowStyle
{
    public static async Task<Results<Ok<Envelope<StyleResource>>, StudioProblem>> HandleAsync(
        Guid id, HttpContext http, Caller caller, IStyleStore styles, StylePresenter presenter, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await styles.FindAsync(id, cancellationToken) is not { } style) return StudioProblem.Missing("style");
        http.Response.Headers.ETag = EntityTags.OfVersion(time, style.Version).ToString();
        var message = style.RetiredAt is null ? "The style." : "The style was retired; it is shown for what was made with it.";
        return TypedResults.Ok(new Envelope<StyleResource>(await presenter.ShowAsync(style, caller, cancellationToken), message));
    }
}
