using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Styles;
using PhotoStudio.Core;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Styles;

namespace PhotoStudio.Api.Admin.Styles;

/// <summary>Adds and changes styles.</summary>
internal static class SaveStyle
{
    /// <summary>The last place in lists.</summary>
    public const int LastPosition = 1_000_000;

    public static async Task<Results<Created<Envelope<StyleResource>>, StudioProblem>> CreateAsync(
        HttpContext http, Caller caller, IStyleStore styles, StylePresenter presenter, TimeProvider time)
    {
        var fields = await BodyFields.ReadAsync(http);
        var edit = await StyleFields.ReadAsync(fields, styles, creating: true, http.RequestAborted);
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);

        var empty = new Style
        {
            Id = OrderedId.New(time.GetUtcNow()), Slug = "", Name = "", Category = "", PromptTemplate = "", Engine = "", Position = LastPosition,
        };
        var change = await styles.AddAsync(edit(empty), http.RequestAborted);
        return change is StyleChange.Done { Style: var style }
            ? TypedResults.Created(
                $"{StyleEndpoints.Path}/{style.Id:D}",
                new Envelope<StyleResource>(await presenter.ShowAsync(style, caller, http.RequestAborted), "The style is there."))
            : Refuse(change, fields.Faults);
    }

    public static async Task<Results<Ok<Envelope<StyleResource>>, StudioProblem>> UpdateAsync(
        Guid id, HttpContext http, Caller caller, IStyleStore styles, StylePresenter presenter)
    {
        var version = EntityTags.VersionToMatch(http.Request);
        var fields = await BodyFields.ReadAsync(http);
        var edit = await StyleFields.ReadAsync(fields, styles, creating: false, http.RequestAborted);
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);

        var change = await styles.ChangeAsync(id, version, (style, _) => edit(style), http.RequestAborted);
        return change is StyleChange.Done { Style: var style }
            ? TypedResults.Ok(new Envelope<StyleResource>(await presenter.ShowAsync(style, caller, http.RequestAborted), "The style is changed."))
            : Refuse(change, fields.Faults);
    }

    /// <summary>The problem of a change that did not happen.</summary>
    public static StudioProblem Refuse(StyleChange change, FaultList faults)
    {
        switch (change)
        {
            case StyleChange.Missing:
                return StudioProblem.Missing("style");
            case StyleChange.Stale stale:
                return EntityTags.Stale("style", stale.Version);
            case StyleChange.UnknownCategory:
                faults.Add("category", "there is no such category.");
                return StudioProblem.Validation(faults);
            case StyleChange.SlugTaken:
                return StudioProblem.Of(ProblemCode.Conflict, "Another style has this slug already.");
            default:
                throw new InvalidOperationException($"A change had the unknown outcome {change.GetType().Name}.");
        }
    }
}
