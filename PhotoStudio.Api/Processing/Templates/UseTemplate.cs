using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Operations;
using PhotoStudio.Core.Templates;

namespace PhotoStudio.Api.Processing.Templates;

/// <summary>Submits the job of a template, with the picture and whatever else the call says; what it says comes before the template.</summary>
internal static class UseTemplate
{
    public static async Task<Results<Ok<Envelope<JobResource>>, Accepted<Envelope<JobResource>>, EventStreamResult, StudioProblem>> HandleAsync(
        Guid id, HttpContext http, Caller caller, ITemplateStore templates, SubmitJob submit)
    {
        if ((OwnTemplates.Find(id) ?? await templates.FindAsync(caller.Owner, id, http.RequestAborted)) is not { } template) return StudioProblem.Missing("template");
        using var parameters = JsonDocument.Parse(template.Parameters);
        var presets = parameters.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value.Clone()))).ToList();
        return await submit.RunAsync(
            http,
            caller,
            OperationCatalog.Get(template.Operation),
            presets,
            template.Owner is { } owner ? _ => templates.CountUseAsync(owner, id, CancellationToken.None) : null);
    }
}
