using System.Diagnostics;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Quotas;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Submission;

/// <summary>
/// Calls operations for endpoints: reads pictures and parameters, stores uploads, submits the job, and waits for it as far as
/// the caller prefers. Every call is a job, so that quota, history and gallery see it.
/// </summary>
public sealed class OperationCalls(
    RequestContentReader reader,
    CallReader calls,
    UploadKeeper uploads,
    IJobStore jobs,
    IImageStore images,
    JobWaiter waiter,
    JobAnnouncer announcer,
    PromptRefining prompts,
    IOptions<SubmissionOptions> options)
{
    /// <summary>The response header that names the job.</summary>
    public const string JobHeader = "X-Studio-Job";

    /// <summary>Reads the request and runs the operation.</summary>
    public async Task<CallResult> RunAsync(HttpContext http, Caller caller, Operation operation, CallRules rules)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            var content = await reader.ReadAsync(http, http.RequestAborted);
            return await RunAsync(http, caller, operation, content, rules);
        }
        catch (ProblemException exception)
        {
            return new CallResult.Refused(exception.Problem);
        }
    }

    /// <summary>Runs the operation on a request that has been read, for endpoints whose body names the operation.</summary>
    public async Task<CallResult> RunAsync(HttpContext http, Caller caller, Operation operation, RequestContent content, CallRules rules)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(rules);
        try
        {
            var preference = CallPreference.Read(http.Request.Headers["Prefer"], rules.Asynchronous, options.Value.MaxWait);
            var call = await calls.ReadAsync(http, caller, operation, content, rules, http.RequestAborted);
            var result = await RunAsync(http, call, preference, rules, http.RequestAborted);
            if (preference.Applied is not null && result is not CallResult.Refused)
                http.Response.Headers["Preference-Applied"] = preference.Applied;
            return result;
        }
        catch (ProblemException exception)
        {
            return new CallResult.Refused(exception.Problem);
        }
    }

    private async Task<CallResult> RunAsync(HttpContext http, OperationCall call, CallPreference preference, CallRules rules, CancellationToken aborted)
    {
        if (call.Key is { } key && await jobs.FindByKeyAsync(call.Owner, key.Method, key.Route, key.Key, aborted) is var (job, fingerprint))
            return fingerprint == key.Fingerprint ? await RepeatAsync(job, preference, aborted) : KeyReused();

        var submission = await PrepareAsync(call, rules, aborted);
        var waits = preference.MaxWait > TimeSpan.Zero;
        await using var subscription = waits ? await waiter.WatchAsync(submission.Id, CancellationToken.None) : null;
        var outcome = await SubmitAsync(submission);
        if (outcome is SubmitOutcome.Accepted { Quota: var left }) QuotaHeaders.Tell(http.Response, left);
        return outcome switch
        {
            SubmitOutcome.Accepted accepted => await FollowAsync(accepted.Job, subscription, preference, call.Key is null, aborted),
            SubmitOutcome.Repeated repeated => await RepeatAsync(repeated.Job, preference, aborted),
            SubmitOutcome.KeyReused => KeyReused(),
            SubmitOutcome.QueueFull full => QueueFull(full.Limit),
            SubmitOutcome.QuotaExceeded exceeded => new CallResult.Refused(QuotaProblems.Exceeded(exceeded.Quota)),
            var other => throw new InvalidOperationException($"A submission had the unknown outcome {other.GetType().Name}."),
        };
    }

    private async Task<JobSubmission> PrepareAsync(OperationCall call, CallRules rules, CancellationToken cancellationToken)
    {
        var refinement = rules.RefinesPrompt ? await prompts.RefineAsync(call.Parameters, call.Owner, cancellationToken) : null;
        var kept = await uploads.KeepAsync(call.Owner, call.Pictures, cancellationToken);
        return new JobSubmission
        {
            Owner = call.Owner,
            Parameters = call.Parameters,
            Refinement = refinement,
            Inputs = kept.Inputs,
            Uploads = kept.Records,
            Lane = rules.Lane,
            Idempotency = call.Key,
            WebhookUrl = call.WebhookUrl,
            TraceParent = Activity.Current?.Id,
        };
    }

    /// <summary>
    /// Submits, and deletes the uploads unless the job is in the store. From here on nothing is cut short by a caller who goes
    /// away: either the job is there with its pictures, or neither is.
    /// </summary>
    private async Task<SubmitOutcome> SubmitAsync(JobSubmission submission)
    {
        var kept = new KeptUploads(submission.Inputs, submission.Uploads);
        SubmitOutcome outcome;
        try
        {
            outcome = await jobs.SubmitAsync(submission, CancellationToken.None);
        }
        catch
        {
            // A commit whose answer was lost has still happened; only the store knows. Where even that cannot be asked, the
            // pictures stay.
            if (await jobs.FindAsync(submission.Id, CancellationToken.None) is null) await uploads.DiscardAsync(kept);
            throw;
        }

        if (outcome is SubmitOutcome.Accepted { Job: var job }) await announcer.AcceptedAsync(job);
        else await uploads.DiscardAsync(kept);
        return outcome;
    }

    private async Task<CallResult> FollowAsync(
        Job job, IJobSubscription? subscription, CallPreference preference, bool mayCancel, CancellationToken aborted)
    {
        try
        {
            return await ResultOfAsync(await waiter.WaitAsync(job, subscription, preference.MaxWait, aborted), aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested && mayCancel && !preference.Detached)
        {
            await announcer.CancelAsync(job.Owner, job.Id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The key was seen before with the same content: nothing new is made.</summary>
    private async Task<CallResult> RepeatAsync(Job job, CallPreference preference, CancellationToken aborted)
    {
        if (!job.State.IsTerminal() && !preference.Detached)
        {
            return new CallResult.Refused(CallProblems.InProgress("job", JobLinks.Self(job.Id)));
        }

        await using var subscription = preference.MaxWait > TimeSpan.Zero ? await waiter.WatchAsync(job.Id, aborted) : null;
        return await ResultOfAsync(await waiter.WaitAsync(job, subscription, preference.MaxWait, aborted), aborted);
    }

    private async Task<CallResult> ResultOfAsync(Job job, CancellationToken cancellationToken) => job.State switch
    {
        JobState.Pending or JobState.Processing => new CallResult.Accepted(job),
        JobState.Completed => new CallResult.Completed(job, await images.ResultsOfAsync(job.Owner, job.Id, cancellationToken)),
        JobState.Failed => new CallResult.Refused(FailureProblems.From(job.Failure!) with { Location = JobLinks.Self(job.Id) }),
        JobState.Cancelled => new CallResult.Refused(CallProblems.Cancelled("job", JobLinks.Self(job.Id))),
        _ => throw new ArgumentOutOfRangeException(nameof(job), job.State, null),
    };

    private static CallResult.Refused QueueFull(int limit) => new(CallProblems.QueueFull(limit));

    private static CallResult.Refused KeyReused() => new(CallProblems.KeyReused());
}

/// <summary>A call that has been read and checked.</summary>
/// <param name="Owner">Whose call it is.</param>
/// <param name="Parameters">The operation and its parameters.</param>
/// <param name="Pictures">Its pictures, in the order of the operation's inputs.</param>
/// <param name="Key">The caller's idempotency key.</param>
public sealed record OperationCall(
    Owner Owner, OperationParameters Parameters, IReadOnlyList<IncomingPicture> Pictures, IdempotencyKey? Key)
{
    /// <summary>Where the end of its job is told.</summary>
    public string? WebhookUrl { get; init; }
}
