using PhotoStudio.Api.Json;

namespace PhotoStudio.Api.AiGateway;

/// <summary>One address for whatever is wanted: <c>/api/v1/ai-gateway/chat</c>.</summary>
internal static class AiGatewayEndpoints
{
    public static void AddAiGateway(this IHostApplicationBuilder builder) => builder.Services.AddJsonContext(GatewayJson.Default);

    public static void MapAiGateway(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/ai-gateway/chat", GatewayChat.HandleAsync)
        .WithTags("Gateway")
        .DisableAntiforgery()
        .WithName("GatewayChat")
        .WithSummary("Understands a message, runs what it asks for, and answers with the result")
        .WithDescription("`message`, `session_id` (a name that the client chooses; the conversation is opened on first use), and pictures where they are needed. "
            + "Waits for the result; `Prefer: wait=n` or `respond-async` answers 202 earlier, and the message goes on.");
}
