using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

internal static class TestWebhook
{
    public static async Task<Results<Accepted<Envelope<DeliveryResource>>, StudioProblem>> HandleAsync(
        Guid id, Caller caller, IWebhooks webhooks, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await webhooks.FindAsync(caller.Owner, id, cancellationToken) is not { } webhook) return StudioProblem.Missing("webhook");
        var payload = $$$"""{"type":"{{{WebhookEvents.Test}}}","timestamp":"{{{time.GetUtcNow():O}}}","data":{"webhook_id":"{{{id:D}}}"}}""";
        var delivery = await webhooks.WriteAsync(webhook, WebhookEvents.Test, payload, cancellationToken);
        return TypedResults.Accepted(
            $"/api/v1/webhooks/deliveries/{delivery.Id:D}", new Envelope<DeliveryResource>(DeliveryResource.From(delivery), "The message is on its way."));
    }
}
