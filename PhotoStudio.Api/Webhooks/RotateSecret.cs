using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

internal static class RotateSecret
{
    public static async Task<Results<Ok<Envelope<WebhookResource>>, StudioProblem>> HandleAsync(Guid id, HttpContext http, Caller caller, IWebhooks webhooks)
    {
        var owner = caller.Owner;
        if (await webhooks.FindAsync(owner, id, http.RequestAborted) is null) return StudioProblem.Missing("webhook");
        return await RotateAsync(http, owner, id, webhooks);
    }

    /// <summary>Makes another secret of a webhook that is the owner's.</summary>
    internal static async Task<Results<Ok<Envelope<WebhookResource>>, StudioProblem>> RotateAsync(
        HttpContext http, Core.Accounts.Owner owner, Guid id, IWebhooks webhooks)
    {
        var body = await BodyFields.ReadAsync(http);
        var overlap = WebhookFields.ReadOverlap(body);
        if (!body.Faults.IsEmpty) return StudioProblem.Validation(body.Faults);
        return await webhooks.ChangeAsync(owner, id, (webhook, now) => WebhookFields.Rotate(webhook, overlap, now), http.RequestAborted) is { } rotated
            ? TypedResults.Ok(new Envelope<WebhookResource>(WebhookResource.From(rotated, withSecret: true), "Keep this secret now: it is not shown again."))
            : StudioProblem.Missing("webhook");
    }
}
