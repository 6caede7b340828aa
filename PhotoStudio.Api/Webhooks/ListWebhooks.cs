using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

internal static class ListWebhooks
{
    public static async Task<Ok<Envelope<IReadOnlyList<WebhookResource>>>> HandleAsync(Caller caller, IWebhooks webhooks, CancellationToken cancellationToken)
    {
        IReadOnlyList<WebhookResource> found = [.. (await webhooks.ListAsync(caller.Owner, cancellationToken)).Select(webhook => WebhookResource.From(webhook))];
        return TypedResults.Ok(new Envelope<IReadOnlyList<WebhookResource>>(found, "Your webhooks."));
    }
}
