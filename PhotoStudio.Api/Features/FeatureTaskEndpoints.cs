using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Features;

/// <summary>The endpoints of <see cref="FeatureTask"/>: one that starts a task and one that tells how it stands.</summary>
internal static class FeatureTaskEndpoints
{
    public static void MapFeatureTasks(this IEndpointRouteBuilder routes, string prefix, string suffix)
    {
        foreach (var task in FeatureTask.All)
        {
            var name = string.Concat(task.Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            routes.MapPost($"{prefix}/{task.Name}", StartAsync)
                .AcceptsPictures()
                .DisableAntiforgery()
                .WithName($"Feature{name}{suffix}")
                .WithTags("Features")
                .WithMetadata(task)
                .WithSummary(task.Summary)
                .WithDescription(
                    "Answers 202 with `task_id` at once; `Location` is its status, `events_url` its events. `Prefer: wait=n` waits for the result.")
                .DocumentsCallOf(task.Operation)
                .WithExample(StatusCodes.Status200OK, Examples.Feature);
            routes.MapGet($"{prefix}/{task.Name}/status/{{task_id:guid}}", StatusAsync)
                .WithName($"Feature{name}Status{suffix}")
                .WithTags("Features")
                .WithMetadata(task)
                .WithSummary($"{task.Summary}: how a task stands")
                .WithExample(StatusCodes.Status200OK, Examples.Feature);
        }
    }

    private static Task<Results<PictureAnswer, Ok<FeatureResource>, Accepted<FeatureResource>, StudioProblem>> StartAsync(
        HttpContext http,
        Caller caller,
        FeatureCalls features)
    {
        var task = TaskOf(http);
        return features.AnswerAsync(
            http, caller, task.Operation, task.Rules, withBytes: false, id => $"{http.Request.Path.Value!.TrimEnd('/')}/status/{id:D}");
    }

    private static async Task<Results<Ok<FeatureResource>, StudioProblem>> StatusAsync(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "task_id")] Guid taskId,
        HttpContext http,
        Caller caller,
        IJobStore jobs,
        FeatureCalls features,
        CancellationToken cancellationToken) =>
        await jobs.FindAsync(caller.Owner, taskId, cancellationToken) is { } job && job.Operation == TaskOf(http).Operation
            ? TypedResults.Ok(await features.ShowAsync(job, cancellationToken))
            : StudioProblem.Missing("task");

    private static FeatureTask TaskOf(HttpContext http) => http.GetEndpoint()!.Metadata.GetRequiredMetadata<FeatureTask>();
}
