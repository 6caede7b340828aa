using PhotoStudio.Api.Auth;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Json;

namespace PhotoStudio.Api.Webhooks;

/// <summary>Messages when jobs end, in the form of Standard Webhooks: <c>/api/v1/webhooks</c>.</summary>
internal static class WebhookEndpoints
{
    public static void AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<WebhookOptions>()
            .BindConfiguration(WebhookOptions.Section)
            .Validate(
                options => options.Timeout >= TimeSpan.FromSeconds(1) && options.Timeout <= TimeSpan.FromMinutes(1),
                $"{WebhookOptions.Section}:Timeout must be a time from 00:00:01 to 00:01:00.")
            .Validate(
                options => options.PollInterval >= TimeSpan.FromMilliseconds(50) && options.PollInterval <= TimeSpan.FromMinutes(1),
                $"{WebhookOptions.Section}:PollInterval must be a time from 00:00:00.050 to 00:01:00.")
            .Validate(
                options => options.Parallel is >= 1 and <= 1024 && options.ParallelPerWebhook >= 1 && options.ParallelPerWebhook <= options.Parallel,
                $"{WebhookOptions.Section}: Parallel must be from 1 to 1024, and ParallelPerWebhook from 1 to Parallel.")
            .ValidateOnStart();
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddHostedService<WebhookPump>();
        builder.Services.AddJsonContext(WebhookJson.Default);
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/api/v1/webhooks").WithTags("Webhooks");
        webhooks.MapPost("/", CreateWebhook.HandleAsync)
            .TakesFields<WebhookRequest>()
            .WithName("CreateWebhook")
            .WithSummary("Has an address told when jobs end")
            .WithDescription("The secret that signs the messages is in this answer and never again; `rotate-secret` makes another.");
        webhooks.MapGet("/", ListWebhooks.HandleAsync).WithName("ListWebhooks").WithSummary("The caller's webhooks, oldest first");
        webhooks.MapGet("/job-secret", JobSecret.HandleAsync)
            .WithName("ShowJobSecret")
            .WithSummary("What signs the messages to the `webhook_url` of single jobs");
        webhooks.MapPost("/job-secret/rotate", JobSecret.RotateAsync)
            .TakesFields<RotateRequest>()
            .WithName("RotateJobSecret")
            .WithSummary("Makes another secret for the messages of single jobs");
        webhooks.MapGet("/deliveries", Deliveries.ListAsync)
            .WithName("ListDeliveries")
            .WithSummary("The caller's messages with their attempts, newest first")
            .WithDescription("`webhook_id` and `status` (pending, delivered, failed) choose among them.")
            .WithPaging();
        webhooks.MapGet("/deliveries/{id:guid}", Deliveries.ShowAsync).WithName("ShowDelivery").WithSummary("A message with its attempts");
        webhooks.MapPost("/deliveries/{id:guid}/replay", Deliveries.ReplayAsync)
            .WithName("ReplayDelivery")
            .WithSummary("Has a message delivered again, with the same id and content");
        webhooks.MapGet("/{id:guid}", ShowWebhook.HandleAsync).WithName("ShowWebhook").WithSummary("A webhook, without its secret");
        webhooks.MapPatch("/{id:guid}", ChangeWebhook.HandleAsync)
            .TakesFields<WebhookRequest>()
            .WithName("ChangeWebhook")
            .WithSummary("Changes a webhook; what is absent stays as it is");
        webhooks.MapDelete("/{id:guid}", RemoveWebhook.HandleAsync)
            .WithName("RemoveWebhook")
            .WithSummary("Removes a webhook and its messages");
        webhooks.MapPost("/{id:guid}/rotate-secret", RotateSecret.HandleAsync)
            .TakesFields<RotateRequest>()
            .WithName("RotateWebhookSecret")
            .WithSummary("Makes another secret")
            .WithDescription("Until the overlap is over, messages carry a signature of each.");
        webhooks.MapPost("/{id:guid}/test", TestWebhook.HandleAsync)
            .WithName("TestWebhook")
            .WithSummary("Sends a message of the type `webhook.test`");
    }
}
