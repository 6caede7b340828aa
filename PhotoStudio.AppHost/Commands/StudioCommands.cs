using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PhotoStudio.AppHost.Services;

namespace PhotoStudio.AppHost.Commands;

/// <summary>What developers can do to a running studio from its dashboard.</summary>
internal static class StudioCommands
{
    private const string DeadLetters = "/api/v1/admin/dead-letters";
    private const int LettersAtATime = 100;

    // Those that fail again at once come back to the list.
    private const int MostLetters = 10_000;

    /// <summary>Prompts of the demo pictures, in the languages that the studio reads.</summary>
    private static readonly string[] DemoPrompts =
    [
        "a lighthouse on a cliff at sunset, golden light",
        "một cánh đồng lúa xanh dưới bầu trời đầy sao",
        "una montaña nevada junto a un lago tranquilo",
    ];

    /// <summary>Adds the commands to the API, which does the work over its own endpoints.</summary>
    public static IResourceBuilder<ProjectResource> WithStudioCommands(this IResourceBuilder<ProjectResource> api, StudioSecrets secrets)
    {
        var endpoint = api.GetEndpoint("http");
        Add("pull-model", "Pull a model", "Fetch a model of the catalogue. docs/models.md has their ids and licences.", "ArrowDownload", PullModelAsync);
        Add("replay-dead-letters", "Replay dead letters", "Give jobs that failed for good another chance.", "ArrowRepeatAll", ReplayDeadLettersAsync);
        Add("seed-demo-data", "Seed demo data", "Generate pictures into the admin's gallery.", "ImageAdd", SeedAsync);
        return api;

        void Add(
            string name,
            string displayName,
            string description,
            string icon,
            Func<AdminClient, ExecuteCommandContext, ILogger, Task<ExecuteCommandResult>> run) =>
            api.WithCommand(
                name,
                displayName,
                async context =>
                {
                    var logger = context.ServiceProvider.GetRequiredService<ResourceLoggerService>().GetLogger(api.Resource);
                    try
                    {
                        using var client = new AdminClient(endpoint, secrets);
                        return await run(client, context, logger);
                    }
                    catch (HttpRequestException exception)
                    {
                        return CommandResults.Failure(exception.Message);
                    }
                },
                new CommandOptions
                {
                    Description = description,
                    IconName = icon,
                    UpdateState = state => state.ResourceSnapshot.HealthStatus is Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
                        ? ResourceCommandState.Enabled
                        : ResourceCommandState.Disabled,
                });
    }

    private static async Task<ExecuteCommandResult> PullModelAsync(AdminClient client, ExecuteCommandContext context, ILogger logger)
    {
#pragma warning disable ASPIREINTERACTION001 // Asking for input is still marked as experimental.
        var asked = context.ServiceProvider.GetRequiredService<IInteractionService>();
        if (!asked.IsAvailable) return CommandResults.Failure("Nobody can be asked which model. ./studio models pull ID does the same.");
        var answer = await asked.PromptInputAsync(
            "Pull a model",
            "Pulling a model accepts its licence in the admin's name.",
            new InteractionInput { Name = "id", Label = "Id", InputType = InputType.Text, Required = true, Placeholder = "u2netp" },
            cancellationToken: context.CancellationToken);
#pragma warning restore ASPIREINTERACTION001
        if (answer.Canceled || answer.Data?.Value is not { Length: > 0 } id) return CommandResults.Canceled();
        await client.SendAsync(
            HttpMethod.Post, $"/api/v1/admin/models/{Uri.EscapeDataString(id)}/pull?accept_license=true", body: null, context.CancellationToken);
        logger.ModelPulled(id);
        return CommandResults.Success();
    }

    private static async Task<ExecuteCommandResult> ReplayDeadLettersAsync(AdminClient client, ExecuteCommandContext context, ILogger logger)
    {
        // What is replayed leaves the list, so the first page is asked for until it is not full.
        int taken, replayed = 0;
        do
        {
            var page = await client.SendAsync(HttpMethod.Get, $"{DeadLetters}?page_size={LettersAtATime}", body: null, context.CancellationToken);
            taken = 0;
            foreach (var letter in page?["data"] as JsonArray ?? [])
            {
                await client.SendAsync(HttpMethod.Post, $"{DeadLetters}/{(string?)letter?["id"]}/replay", body: null, context.CancellationToken);
                taken++;
            }

            replayed += taken;
        }
        while (taken == LettersAtATime && replayed < MostLetters);

        logger.DeadLettersReplayed(replayed);
        return CommandResults.Success();
    }

    private static async Task<ExecuteCommandResult> SeedAsync(AdminClient client, ExecuteCommandContext context, ILogger logger)
    {
        foreach (var prompt in DemoPrompts)
        {
            await client.SendAsync(HttpMethod.Post, "/api/v1/operations/generate", new JsonObject { ["prompt"] = prompt }, context.CancellationToken);
            logger.PictureSeeded(prompt);
        }

        return CommandResults.Success();
    }
}
