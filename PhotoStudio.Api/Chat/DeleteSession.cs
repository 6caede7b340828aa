using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Chat;

namespace PhotoStudio.Api.Chat;

/// <summary>Deletes a conversation and calls off what goes on in it; pictures that were made stay in the gallery.</summary>
internal static class DeleteSession
{
    public static async Task<Results<NoContent, StudioProblem>> HandleAsync(
        Guid id, Caller caller, IChatStore chat, JobAnnouncer announcer, CancellationToken cancellationToken)
    {
        if (await chat.DeleteAsync(caller.Owner, id, cancellationToken) is not { } unfinished) return StudioProblem.Missing("session");
        foreach (var job in unfinished.SelectMany(message => message.Work.Jobs.TakeLast(1)))
            await announcer.CancelAsync(caller.Owner, job, CancellationToken.None);
        return TypedResults.NoContent();
    }
}
