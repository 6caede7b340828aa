using System.Diagnostics;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Quotas;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Pipelines;

/// <summary>Runs pipelines as <see cref="OperationCalls"/> runs single operations: with the same waiting, repeating and going away.</summary>
public sealed class PipelineCalls(
    RequestContentReader reader,
    PipelineReader pipelines,
    UploadKeeper uploads,
    IJobStore jobs,
    IFlowStore flows,
    JobWaiter waiter,
    JobAnnouncer announcer,
    IOptions<SubmissionOptions> options)
{
    /// <summary>The response header that names the pipeline.</summary>
    public const string PipelineHeader = "X-Studio-Pipeline";

    /// <summary>Reads the request and runs the pipeline as far as the caller prefers to wait.</summary>
    /// <param name="http">The request.</param>
    /// <param name="caller">Who makes it.</param>
    /// <param name="check">Looks at the pipeline before anything is stored.</param>
    /// <exception cref="ProblemException">It is refused.</exception>
    public async Task<PipelineView> RunAsync(HttpContext http, Caller caller, Action<PipelineCall> check)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(check);
        var aborted = http.RequestAborted;
        var preference = CallPreference.Read(http.Request.Headers["Prefer"], asynchronous: false, options.Value.MaxWait);
        var content = await reader.ReadAsync(http, aborted);
        var call = await pipelines.ReadAsync(http, caller, content, aborted);
        check(call);
        var view = await RunAsync(http, call, preference, aborted);
        if (preference.Applied is not null) http.Response.Headers["Preference-Applied"] = preference.Applied;
        return view;
    }

    private async Task<PipelineView> RunAsync(HttpContext http, PipelineCall call, CallPreference preference, CancellationToken aborted)
    {
        if (call.Key is { } key && await jobs.FindByKeyAsync(call.Owner, key.Method, key.Route, key.Key, aborted) is var (known, fingerprint))
            return fingerprint == key.Fingerprint ? await RepeatAsync(known, preference, aborted) : throw CallProblems.KeyReused().ToException();

        var kept = await uploads.KeepAsync(call.Owner, [call.Picture], aborted);
        var submission = ToSubmission(call, kept);
        var waits = preference.MaxWait > TimeSpan.Zero;
        await using var subscription = waits ? await waiter.WatchAsync(submission.Flow!.Id, CancellationToken.None) : null;
        var outcome = await SubmitAsync(submission, kept);
        if (outcome is SubmitOutcome.Accepted { Quota: var left }) QuotaHeaders.Tell(http.Response, left);
        return outcome switch
        {
            SubmitOutcome.Accepted { Job: var job } => await FollowAsync(job, subscription, preference, call.Key is null, aborted),
            SubmitOutcome.Repeated { Job: var job } => await RepeatAsync(job, preference, aborted),
            SubmitOutcome.KeyReused => throw CallProblems.KeyReused().ToException(),
            SubmitOutcome.QueueFull { Limit: var limit } => throw CallProblems.QueueFull(limit).ToException(),
            SubmitOutcome.QuotaExceeded exceeded => throw QuotaProblems.Exceeded(exceeded.Quota).ToException(),
            var other => throw new InvalidOperationException($"A submission had the unknown outcome {other.GetType().Name}."),
        };
    }

    private static JobSubmission ToSubmission(PipelineCall call, KeptUploads kept) => new()
    {
        Owner = call.Owner,
        Parameters = call.Steps[0],
        Inputs = kept.Inputs,
        Uploads = kept.Records,
        Flow = new FlowPlan(
            OrderedId.New(),
            [.. call.Steps.Skip(1).Select(step => new FlowStep(step.Operation.Name, step.ToJson()))],
            DropsIntermediates: !call.KeepIntermediate),
        Idempotency = call.Key,
        TraceParent = Activity.Current?.Id,
    };

    /// <summary>As for a single operation: either the pipeline is there with its picture, or neither is.</summary>
    private async Task<SubmitOutcome> SubmitAsync(JobSubmission submission, KeptUploads kept)
    {
        SubmitOutcome outcome;
        try
        {
            outcome = await jobs.SubmitAsync(submission, CancellationToken.None);
        }
        catch
        {
            if (await jobs.FindAsync(submission.Id, CancellationToken.None) is null) await uploads.DiscardAsync(kept);
            throw;
        }

        if (outcome is SubmitOutcome.Accepted { Job: var job }) await announcer.AcceptedAsync(job);
        else await uploads.DiscardAsync(kept);
        return outcome;
    }

    private async Task<PipelineView> FollowAsync(
        Job first, IJobSubscription? subscription, CallPreference preference, bool mayCancel, CancellationToken aborted)
    {
        try
        {
            return await WaitAsync(first, subscription, preference, aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested && mayCancel && !preference.Detached)
        {
            await announcer.CancelFlowAsync(first.Owner, first.FlowId!.Value, CancellationToken.None);
            throw;
        }
    }

    private async Task<PipelineView> RepeatAsync(Job first, CallPreference preference, CancellationToken aborted)
    {
        var flow = await FlowOfAsync(first, aborted);
        if (!flow.State.IsTerminal() && !preference.Detached) throw CallProblems.InProgress("pipeline", PipelineLinks.Self(flow.Id)).ToException();

        await using var subscription = preference.MaxWait > TimeSpan.Zero ? await waiter.WatchAsync(flow.Id, aborted) : null;
        return await WaitAsync(first, subscription, preference, aborted);
    }

    private async Task<PipelineView> WaitAsync(Job first, IJobSubscription? subscription, CallPreference preference, CancellationToken aborted)
    {
        var flow = await waiter.WaitAsync(
            await FlowOfAsync(first, aborted),
            token => flows.FindAsync(first.Owner, first.FlowId!.Value, token),
            latest => latest.State.IsTerminal(),
            subscription,
            preference.MaxWait,
            aborted);
        return new PipelineView(flow, [.. (await flows.JobsOfAsync(flow.Owner, [flow.Id], aborted))[flow.Id]]);
    }

    private async Task<Flow> FlowOfAsync(Job job, CancellationToken cancellationToken) =>
        await flows.FindAsync(job.Owner, job.FlowId!.Value, cancellationToken)
        ?? throw new InvalidOperationException("A step is stored without its pipeline.");
}
