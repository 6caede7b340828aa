using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures.Egress;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

internal static class ChangeWebhook
{
    public static async Task<Results<Ok<Envelope<WebhookResource>>, StudioProblem>> HandleAsync(
        Guid id, HttpContext http, Caller caller, IWebhooks webhooks, EgressGate gate)
    {
        var owner = caller.Owner;
        if (await webhooks.FindAsync(owner, id, http.RequestAborted) is null) return StudioProblem.Missing("webhook");
        var body = await BodyFields.ReadAsync(http);
        var fields = WebhookFields.Read(body, gate);
        if (!body.Faults.IsEmpty) return StudioProblem.Validation(body.Faults);
        return await webhooks.ChangeAsync(owner, id, (webhook, _) => fields.ApplyTo(webhook), http.RequestAborted) is { } changed
            ? TypedResults.Ok(new Envelope<WebhookResource>(WebhookResource.From(changed), "The webhook is changed."))
            : StudioProblem.Missing("webhook");
    }
}
