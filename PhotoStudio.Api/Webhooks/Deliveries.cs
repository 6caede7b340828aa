using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

internal static class Deliveries
{
    private const int MaxStatusLength = 20;

    public static async Task<Results<Ok<ListEnvelope<DeliveryResource>>, StudioProblem>> ListAsync(
        HttpRequest request, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken)
    {
        var query = new ListQuery(request);
        var page = query.Page();
        var webhook = query.Id("webhook_id");
        DeliveryState? state = null;
        if (query.Text("status", MaxStatusLength) is { } text)
        {
            if (Enum.TryParse<DeliveryState>(text, ignoreCase: true, out var known) && Enum.IsDefined(known)) state = known;
            else query.Faults.Add("status", "must be pending, delivered or failed.");
        }

        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);
        var found = await webhooks.DeliveriesAsync(caller.Owner, webhook, state, page, cancellationToken);
        return TypedResults.Ok(query.Answer(found.Select(DeliveryResource.From), "Your messages, newest first."));
    }

    public static async Task<Results<Ok<Envelope<DeliveryResource>>, StudioProblem>> ShowAsync(
        Guid id, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
        await webhooks.FindDeliveryAsync(caller.Owner, id, cancellationToken) is { } delivery
            ? TypedResults.Ok(new Envelope<DeliveryResource>(DeliveryResource.From(delivery), "A message."))
            : StudioProblem.Missing("message");

    public static async Task<Results<Accepted<Envelope<DeliveryResource>>, StudioProblem>> ReplayAsync(
        Guid id, Caller caller, IWebhooks webhooks, CancellationToken cancellationToken) =>
        await webhooks.ReplayAsync(caller.Owner, id, cancellationToken) is { } delivery
            ? TypedResults.Accepted($"/api/v1/webhooks/deliveries/{id:D}", new Envelope<DeliveryResource>(DeliveryResource.From(delivery), "The message is on its way again."))
            : StudioProblem.Missing("message");
}
