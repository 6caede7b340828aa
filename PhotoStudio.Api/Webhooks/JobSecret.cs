using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

internal static class JobSecret
{
    /// <summary>What signs the messages of single jobs. Nothing else says it, so it is shown as often as its owner asks.</summary>
    public static async Task<Ok<Envelope<WebhookResource>>> HandleAsync(HttpContext http, Caller caller, IWebhooks webhooks)
    {
        http.Response.Headers.CacheControl = "no-store";
        var secret = await webhooks.JobSecretAsync(caller.Owner, http.RequestAborted);
        return TypedResults.Ok(new Envelope<WebhookResource>(WebhookResource.From(secret, withSecret: true), "This signs the messages to the webhook_url of single jobs."));
    }

    public static async Task<Results<Ok<Envelope<WebhookResource>>, StudioProblem>> RotateAsync(HttpContext http, Caller caller, IWebhooks webhooks)
    {
        var secret = await webhooks.JobSecretAsync(caller.Owner, http.RequestAborted);
        return await RotateSecret.RotateAsync(http, caller.Owner, secret.Id, webhooks);
    }
}
