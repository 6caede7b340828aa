using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Styles;
using PhotoStudio.Core;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Templates;

namespace PhotoStudio.Api.Processing.Templates;

/// <summary>Makes, changes and deletes the caller's templates.</summary>
internal static class SaveTemplate
{
    /// <summary>The most templates that somebody may have.</summary>
    public const int MostTemplates = 200;

    public static async Task<Results<Created<Envelope<TemplateResource>>, StudioProblem>> CreateAsync(
        HttpContext http, Caller caller, ITemplateStore templates, StyleResolver styles, TimeProvider time)
    {
        var fields = await BodyFields.ReadAsync(http);
        var given = TemplateFields.Read(fields, creating: true);
        var parameters = given.Parameters ?? [];
        if (given.Operation is { } operation)
            TemplateFields.Check(operation, parameters, await styles.LookupAsync(parameters, caller, http.RequestAborted), fields.Faults);
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);

        var now = time.GetUtcNow();
        var template = new JobTemplate(OrderedId.New(now), caller.Owner, given.Name!, given.Operation!.Name, parameters.ToJsonString())
        {
            Description = given.Description ?? "", CreatedAt = now, UpdatedAt = now,
        };
        if (!await templates.AddAsync(template, MostTemplates, http.RequestAborted))
            return StudioProblem.Of(ProblemCode.Conflict, $"You have {MostTemplates} templates, as many as allowed. Delete one first.");
        return TypedResults.Created(
            $"{TemplateEndpoints.Path}/{template.Id:D}", new Envelope<TemplateResource>(TemplateResource.From(template), "Your template is kept."));
    }

    public static async Task<Results<Ok<Envelope<TemplateResource>>, StudioProblem>> UpdateAsync(
        Guid id, HttpContext http, Caller caller, ITemplateStore templates, StyleResolver styles)
    {
        var version = EntityTags.VersionToMatch(http.Request);
        var fields = await BodyFields.ReadAsync(http);
        var given = TemplateFields.Read(fields, creating: false);
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);
        if (OwnTemplates.Find(id) is not null) return StudioProblem.Of(ProblemCode.Forbidden, "This template is the studio's own; make one like it and change that.");
        if (await templates.FindAsync(caller.Owner, id, http.RequestAborted) is not { } known) return StudioProblem.Missing("template");

        var operation = given.Operation ?? OperationCatalog.Get(known.Operation);
        var parameters = given.Parameters ?? JsonNode.Parse(known.Parameters)!.AsObject();
        TemplateFields.Check(operation, parameters, await styles.LookupAsync(parameters, caller, http.RequestAborted), fields.Faults);
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);

        var text = parameters.ToJsonString();
        var changed = await templates.ChangeAsync(
            caller.Owner,
            id,
            version ?? known.Version,
            template => template with
            {
                Name = given.Name ?? template.Name,
                Description = given.Description ?? template.Description,
                Operation = operation.Name,
                Parameters = text,
            },
            http.RequestAborted);
        return changed switch
        {
            null => StudioProblem.Missing("template"),
            { Changed: false, Template: var now } => EntityTags.Stale("template", now.Version),
            { Template: var now } => TypedResults.Ok(new Envelope<TemplateResource>(TemplateResource.From(now), "Your template is changed.")),
        };
    }

    public static async Task<Results<NoContent, StudioProblem>> DeleteAsync(
        Guid id, Caller caller, ITemplateStore templates, CancellationToken cancellationToken)
    {
        if (OwnTemplates.Find(id) is not null) return StudioProblem.Of(ProblemCode.Forbidden, "This template is the studio's own and stays.");
        return await templates.DeleteAsync(caller.Owner, id, cancellationToken) ? TypedResults.NoContent() : StudioProblem.Missing("template");
    }
}
