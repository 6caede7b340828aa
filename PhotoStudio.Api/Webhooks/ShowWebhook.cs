using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

internal static class ShowWebhook
{
    public static async Task<Results<Ok<Envelope<WebhookResource>>, StudioProblem>> HandleAsync(
        Guid id, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
        await webhooks.FindAsync(caller.Owner, id, cancellationToken) is { } webhook
            ? TypedResults.Ok(new Envelope<WebhookResource>(WebhookResource.From(webhook), "A webhook."))
            : StudioProblem.Missing("webhook");
}
