using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Chat;

namespace PhotoStudio.Api.Chat;

/// <summary>Shows conversations.</summary>
internal static class ShowSession
{
    private const int Latest = 50;

    /// <summary>One, with its latest messages.</summary>
    public static async Task<Results<Ok<ChatSessionResource>, StudioProblem>> HandleAsync(
        Guid id, Caller caller, IChatStore chat, ChatPresenter presenter, CancellationToken cancellationToken)
    {
        if (await chat.FindAsync(caller.Owner, id, cancellationToken) is not { } session) return StudioProblem.Missing("session");
        var messages = await chat.MessagesAsync(caller.Owner, id, new PageRequest(1, Latest), newestFirst: true, cancellationToken);
        var shown = await presenter.ShowAsync(caller.Owner, [.. messages.Items.OrderBy(message => message.Number)], cancellationToken);
        return TypedResults.Ok(presenter.Show(session) with { Messages = shown });
    }

    /// <summary>The caller's, the one used last first.</summary>
    public static async Task<Results<Ok<ChatSessionsResource>, StudioProblem>> ListAsync(
        HttpContext http, Caller caller, IChatStore chat, ChatPresenter presenter, CancellationToken cancellationToken)
    {
        var query = new ListQuery(http.Request);
        var page = query.Page();
        if (!query.Faults.IsEmpty) return StudioProblem.Validation(query.Faults);
        var found = await chat.ListAsync(caller.Owner, page, cancellationToken);
        return TypedResults.Ok(new ChatSessionsResource([.. found.Items.Select(presenter.Show)], found.Total, found.Number, found.Size));
    }
}
