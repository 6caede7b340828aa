using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

internal static class RemoveWebhook
{
    public static async Task<Results<NoContent, StudioProblem>> HandleAsync(Guid id, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
        await webhooks.RemoveAsync(caller.Owner, id, cancellationToken) ? TypedResults.NoContent() : StudioProblem.Missing("webhook");
}
