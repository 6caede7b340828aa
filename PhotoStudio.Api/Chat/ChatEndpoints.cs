using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Json;
using PhotoStudio.Core.Chat;

namespace PhotoStudio.Api.Chat;

/// <summary>Conversations: <c>/v1/chat</c>, and the same under <c>/api/v1</c>.</summary>
internal static class ChatEndpoints
{
    public static void AddChat(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<MessageIntake>();
        builder.Services.AddScoped<ChatPresenter>();
        builder.Services.AddScoped<SessionEventStream>();
        builder.Services.AddJsonContext(ChatResourceJson.Default);
    }

    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        foreach (var (prefix, suffix) in ((string, string)[])[("/v1", "Short"), ("/api/v1", "")])
        {
            var group = routes.MapGroup($"{prefix}/chat/sessions").WithTags("Chat");
            group.MapPost("/", OpenSession.HandleAsync).WithName($"OpenChatSession{suffix}").WithSummary("Answers the open conversation, or opens one");
            group.MapGet("/", ShowSession.ListAsync).WithName($"ListChatSessions{suffix}").WithSummary("Lists conversations, the one used last first").WithPaging();
            group.MapGet("/{id:guid}", ShowSession.HandleAsync).WithName($"ShowChatSession{suffix}").WithSummary("Shows a conversation with its latest messages");
            group.MapDelete("/{id:guid}", DeleteSession.HandleAsync).WithName($"DeleteChatSession{suffix}").WithSummary("Deletes a conversation; its pictures stay in the gallery");
            group.MapPost("/{id:guid}/messages", PostMessage.HandleAsync)
                .DisableAntiforgery()
                .WithName($"PostChatMessage{suffix}")
                .WithSummary("Adds a message: understood, refined, worked on in its turn")
                .WithDescription($"`content` up to {ChatMessage.MaxLength:N0} characters and up to {ChatMessage.MaxAttachments} pictures, as JSON or as a form. Messages of a conversation are worked on one after the other.");
            group.MapGet("/{id:guid}/messages", ShowMessages.ListAsync).WithName($"ListChatMessages{suffix}").WithSummary("Lists a conversation's messages").WithPaging();
            group.MapGet("/{id:guid}/messages/{message_id:guid}", ShowMessages.OneAsync).WithName($"ShowChatMessage{suffix}").WithSummary("Shows a message and what was made of it");
            group.MapGet("/{id:guid}/events", WatchSession.HandleAsync).WithName($"WatchChatSession{suffix}").WithSummary("Streams what happens in a conversation (server-sent events)");
        }
    }
}
