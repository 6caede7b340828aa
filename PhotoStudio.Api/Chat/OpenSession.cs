using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Chat;

/// <summary>A conversation to open.</summary>
public sealed record OpenSessionRequest
{
    /// <summary>Whose guest namespace it is, or the caller's own id.</summary>
    [StringLength(128)]
    public string? UserId { get; init; }

    /// <summary>What it is to be called; its first message names it otherwise.</summary>
    [StringLength(ChatSession.MaxTitleLength)]
    public string? Title { get; init; }

    /// <summary>Whether a new one is opened although there is one already.</summary>
    public bool New { get; init; }
}

/// <summary>Answers the caller's conversation, or opens one.</summary>
internal static class OpenSession
{
    public static async Task<Results<Ok<ChatSessionResource>, Created<ChatSessionResource>, StudioProblem>> HandleAsync(
        OpenSessionRequest? request, Caller caller, IChatStore chat, ChatPresenter presenter, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        if (caller.As(request?.UserId, faults) is not { } owner) return StudioProblem.Validation(faults);
        if (request is not { New: true } && await chat.FindLatestAsync(owner, cancellationToken) is { } open) return TypedResults.Ok(presenter.Show(open));

        var session = await chat.OpenAsync(owner, ChatTitles.Of(request?.Title ?? ""), cancellationToken);
        return TypedResults.Created($"/api/v1/chat/sessions/{session.Id:D}", presenter.Show(session));
    }
}
