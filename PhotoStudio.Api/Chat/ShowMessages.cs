using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Chat;

namespace PhotoStudio.Api.Chat;

/// <summary>Shows the messages of a conversation.</summary>
internal static class ShowMessages
{
    /// <summary>A page of them by number.</summary>
    public static async Task<Results<Ok<ChatMessagesResource>, StudioProblem>> ListAsync(
        Guid id, HttpContext http, Caller caller, IChatStore chat, ChatPresenter presenter, CancellationToken cancellationToken)
    {
        var query = new ListQuery(http.Request);
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);
        if (await chat.FindAsync(caller.Owner, id, cancellationToken) is null) return StudioProblem.Missing("session");
        var found = await chat.MessagesAsync(caller.Owner, id, page, newestFirst: false, cancellationToken);
        return TypedResults.Ok(new ChatMessagesResource(await presenter.ShowAsync(caller.Owner, found.Items, cancellationToken), found.Total, found.Number, found.Size));
    }

    /// <summary>One of them.</summary>
    public static async Task<Results<Ok<ChatMessageResource>, StudioProblem>> OneAsync(
        Guid id,
        [FromRoute(Name = "message_id")] Guid messageId,
        Caller caller,
        IChatStore chat,
        ChatPresenter presenter,
        CancellationToken cancellationToken) =>
        await chat.FindMessageAsync(caller.Owner, id, messageId, cancellationToken) is { } message
            ? TypedResults.Ok(await presenter.ShowAsync(message, cancellationToken))
            : StudioProblem.Missing("message");
}
