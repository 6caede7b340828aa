using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;

namespace PhotoStudio.Api.Chat;

/// <summary>Adds a message to a conversation: 202, and it is worked on when its turn comes.</summary>
internal static class PostMessage
{
    public static async Task<Results<Accepted<ChatMessageResource>, StudioProblem>> HandleAsync(
        Guid id, HttpContext http, Caller caller, MessageIntake intake, ChatPresenter presenter)
    {
        try
        {
            var incoming = await intake.ReadAsync(http, caller, id);
            if (await intake.KeepAsync(incoming, id, http.RequestAborted) is not { } message) return StudioProblem.Missing("session");
            return TypedResults.Accepted(
                $"/api/v1/chat/sessions/{id:D}/messages/{message.Id:D}", await presenter.ShowAsync(message, CancellationToken.None));
        }
        catch (ProblemException exception)
        {
            return exception.Problem;
        }
    }
}
