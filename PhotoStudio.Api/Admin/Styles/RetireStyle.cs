using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Styles;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Admin.Styles;

/// <summary>Retires a style and takes that back. Doing either again is fine.</summary>
internal static class RetireStyle
{
    public static Task<Results<Ok<Envelope<StyleResource>>, StudioProblem>> RetireAsync(
        Guid id, HttpContext http, Caller caller, IStyleStore styles, StylePresenter presenter) =>
        ChangeAsync(id, http, caller, styles, presenter, (style, now) => style with { RetiredAt = style.RetiredAt ?? now }, "The style is retired.");

    public static Task<Results<Ok<Envelope<StyleResource>>, StudioProblem>> RestoreAsync(
        Guid id, HttpContext http, Caller caller, IStyleStore styles, StylePresenter presenter) =>
        ChangeAsync(id, http, caller, styles, presenter, (style, _) => style with { RetiredAt = null }, "The style can be used again.");

    private static async Task<Results<Ok<Envelope<StyleResource>>, StudioProblem>> ChangeAsync(
        Guid id,
        HttpContext http,
        Caller caller,
        IStyleStore styles,
        StylePresenter presenter,
        Func<Style, DateTimeOffset, Style> edit,
        string message)
    {
        var change = await styles.ChangeAsync(id, EntityTags.VersionToMatch(http.Request), edit, http.RequestAborted);
        return change is StyleChange.Done { Style: var style }
            ? TypedResults.Ok(new Envelope<StyleResource>(await presenter.ShowAsync(style, caller, http.RequestAborted), message))
            : SaveStyle.Refuse(change, new());
    }
}
