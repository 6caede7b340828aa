using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Pictures.Egress;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

internal static class CreateWebhook
{
    public static async Task<Results<Created<Envelope<WebhookResource>>, StudioProblem>> HandleAsync(
        HttpContext http, Caller caller, IWebhooks webhooks, EgressGate gate, TimeProvider time)
    {
        var body = await BodyFields.ReadAsync(http);
        var fields = WebhookFields.Read(body, gate);
        if (fields.Url is null && !body.Faults.Has("url")) body.Faults.Add("url", "is required.");
        if (!body.Faults.IsEmpty) return StudioProblem.Validation(body.Faults);

        var now = time.GetUtcNow();
        var webhook = fields.ApplyTo(new Webhook { Id = OrderedId.New(now), Owner = caller.Owner, Url = null, Secret = WebhookSignature.NewSecret(), CreatedAt = now });
        return await webhooks.AddAsync(webhook, http.RequestAborted) is { } added
            ? TypedResults.Created(
                $"/api/v1/webhooks/{added.Id:D}",
                new Envelope<WebhookResource>(WebhookResource.From(added, withSecret: true), "Keep this secret now: it is not shown again."))
            : StudioProblem.Of(ProblemCode.Conflict, $"You may have {Webhook.MaxPerOwner} webhooks. Remove one first.");
    }
}
