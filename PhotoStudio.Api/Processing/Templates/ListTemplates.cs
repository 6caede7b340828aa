using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Templates;

namespace PhotoStudio.Api.Processing.Templates;

internal static class ListTemplates
{
    public static async Task<Results<Ok<ListEnvelope<TemplateResource>>, StudioProblem>> HandleAsync(
        HttpRequest request, Caller caller, ITemplateStore templates, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var operation = query.Operation("operation", "job_type", "type");
        var own = query.Flag("own");
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);

        IEnumerable<JobTemplate> all = own is false ? [] : await templates.ListAsync(caller.Owner, cancellationToken);
        if (own is not true) all = all.Concat(OwnTemplates.All);
        var found = all.Where(template => operation is null || template.Operation == operation).ToList();
        var items = found.Skip(page.Skip).Take(page.Size).Select(TemplateResource.From).ToList();
        return TypedResults.Ok(query.Answer(new Page<TemplateResource>(items, page.Number, page.Size, found.Count), "Your templates, then the studio's own."));
    }

    public static async Task<Results<Ok<Envelope<TemplateResource>>, StudioProblem>> ShowAsync(
        Guid id, HttpContext http, Caller caller, ITemplateStore templates, TimeProvider time, CancellationToken cancellationToken)
    {
        if ((OwnTemplates.Find(id) ?? await templates.FindAsync(caller.Owner, id, cancellationToken)) is not { } template) return StudioProblem.Missing("template");
        http.Response.Headers.ETag = EntityTags.OfVersion(time, template.Version).ToString();
        return TypedResults.Ok(new Envelope<TemplateResource>(TemplateResource.From(template), "The template."));
    }
}
