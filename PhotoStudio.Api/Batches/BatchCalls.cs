using System.Diagnostics;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Quotas;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Batches;

/// <summary>Takes batches in: looks at every picture by itself, stores the good ones, and submits all of it at once.</summary>
public sealed class BatchCalls(
    RequestContentReader reader,
    BatchReader batches,
    PictureInput pictures,
    UploadKeeper uploads,
    IJobStore jobs,
    IFlowStore flows,
    JobWaiter waiter,
    JobAnnouncer announcer,
    IOptions<SubmissionOptions> options)
{
    /// <summary>The response header that names the batch.</summary>
    public const string BatchHeader = "X-Studio-Batch";

    /// <summary>Pictures that are fetched at the same time, and so are in memory together.</summary>
    private const int AtATime = 8;

    /// <summary>Reads the request, submits the batch, and waits for it only if the caller prefers to.</summary>
    /// <exception cref="ProblemException">It is refused as a whole.</exception>
    public async Task<BatchView> RunAsync(HttpContext http, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(http);
        var aborted = http.RequestAborted;
        var preference = CallPreference.Read(http.Request.Headers["Prefer"], asynchronous: true, options.Value.MaxWait);
        var call = await batches.ReadAsync(http, caller, await reader.ReadAsync(http, aborted), aborted);
        var id = await SubmitAsync(http, call, aborted);
        await using var subscription = preference.MaxWait > TimeSpan.Zero ? await waiter.WatchAsync(id, aborted) : null;
        var view = await waiter.WaitAsync(
            await LookAsync(aborted) ?? throw new InvalidOperationException("A batch that was just submitted is not stored."),
            LookAsync,
            latest => latest.State.IsTerminal(),
            subscription,
            preference.MaxWait,
            aborted);
        if (preference.Applied is not null) http.Response.Headers["Preference-Applied"] = preference.Applied;
        return view;

        Task<BatchView?> LookAsync(CancellationToken token) => BatchView.FindAsync(flows, call.Owner, id, token);
    }

    private async Task<Guid> SubmitAsync(HttpContext http, BatchCall call, CancellationToken aborted)
    {
        if (call.Key is { } key && await jobs.FindByKeyAsync(call.Owner, key.Method, key.Route, key.Key, aborted) is var (known, fingerprint))
            return fingerprint == key.Fingerprint && known.BatchId is { } made ? made : throw CallProblems.KeyReused().ToException();

        var records = new List<StudioImage>();
        BatchOutcome outcome;
        BatchSubmission submission;
        try
        {
            submission = await PrepareAsync(call, records, aborted);
        }
        catch
        {
            await uploads.DiscardAsync(records);
            throw;
        }

        try
        {
            outcome = await jobs.SubmitBatchAsync(submission, CancellationToken.None);
        }
        catch
        {
            // A commit whose answer was lost has still happened; only the store knows.
            if (await flows.FindBatchAsync(submission.Id, CancellationToken.None) is null) await uploads.DiscardAsync(records);
            throw;
        }

        if (outcome is not BatchOutcome.Accepted) await uploads.DiscardAsync(records);
        switch (outcome)
        {
            case BatchOutcome.Accepted accepted:
                QuotaHeaders.Tell(http.Response, accepted.Quota);
                foreach (var job in accepted.Jobs) await announcer.AcceptedAsync(job);
                return accepted.Batch.Id;
            case BatchOutcome.Repeated { BatchId: var made }:
                return made;
            case BatchOutcome.KeyReused:
                throw CallProblems.KeyReused().ToException();
            case BatchOutcome.QueueFull { Limit: var limit, Unfinished: var unfinished }:
                throw CallProblems.QueueFull(
                    $"You may have {limit} unfinished jobs and have {unfinished}; with this batch they would be too many. Wait for some to end, or send fewer pictures.").ToException();
            case BatchOutcome.QuotaExceeded exceeded:
                throw QuotaProblems.Exceeded(exceeded.Quota).ToException();
            default:
                throw new InvalidOperationException($"A submission had the unknown outcome {outcome.GetType().Name}.");
        }
    }

    /// <summary>Opens and stores the pictures. One that cannot be had becomes an item with the reason; when none can, the batch is refused.</summary>
    private async Task<BatchSubmission> PrepareAsync(BatchCall call, List<StudioImage> records, CancellationToken aborted)
    {
        var steps = call.Steps.Select(step => new FlowStep(step.Operation.Name, step.ToJson())).ToList();
        var items = new List<BatchItemSubmission>(call.Pictures.Count);
        var refused = new List<(int Index, StudioProblem Problem)>();
        foreach (var chunk in call.Pictures.Chunk(AtATime))
        {
            var opened = await Task.WhenAll(chunk.Select(picture => OpenAsync(picture, call, aborted)));
            foreach (var (picture, (good, problem)) in chunk.Zip(opened))
            {
                var name = NameOf(picture, items.Count);
                if (problem is not null) refused.Add((items.Count, problem));
                items.Add(good is null
                    ? new BatchItemSubmission(new BatchItem(name, null, new JobFailure(problem!.Code, problem.Detail)), null)
                    : await KeepAsync(call, steps, name, good, records, aborted));
            }
        }

        if (refused.Count == items.Count) throw AllRefused(refused).ToException();
        return new BatchSubmission(OrderedId.New(), call.Owner, steps, items) { Idempotency = call.Key };
    }

    private async Task<(IncomingPicture? Good, StudioProblem? Problem)> OpenAsync(SentPicture picture, BatchCall call, CancellationToken aborted)
    {
        try
        {
            var opened = await pictures.OpenAsync(picture, call.Owner, aborted);
            var faults = new FaultList();
            call.Steps[0].Operation.CheckSizes(call.Steps[0], [opened.Given], faults);
            return faults.IsEmpty ? (opened, null) : (null, StudioProblem.Validation(faults));
        }
        catch (ProblemException exception)
        {
            return (null, exception.Problem);
        }
    }

    private async Task<BatchItemSubmission> KeepAsync(
        BatchCall call, IReadOnlyList<FlowStep> steps, string name, IncomingPicture picture, List<StudioImage> records, CancellationToken aborted)
    {
        var before = records.Count;
        var input = await uploads.KeepAsync(call.Owner, picture, records, aborted);
        var job = new JobSubmission
        {
            Owner = call.Owner,
            Parameters = call.Steps[0],
            Inputs = [input],
            Uploads = [.. records.Skip(before)],
            Lane = JobLane.Batch,
            Flow = new FlowPlan(OrderedId.New(), [.. steps.Skip(1)], DropsIntermediates: !call.KeepIntermediate),
            TraceParent = Activity.Current?.Id,
        };
        return new BatchItemSubmission(new BatchItem(name, input.ImageId), job);
    }

    /// <summary>Every picture's problem, under <c>images[n]</c>. They share a code and a status where they have the same reason.</summary>
    private static StudioProblem AllRefused(List<(int Index, StudioProblem Problem)> refused)
    {
        var first = refused[0].Problem;
        var errors = refused.ToDictionary(item => $"images[{item.Index}]", item => new[] { item.Problem.Detail }, StringComparer.Ordinal);
        var detail = refused.Count == 1 ? first.Detail : $"None of the {refused.Count} pictures can be worked on. The first: {first.Detail}";
        var problem = refused.All(item => item.Problem.Code == first.Code) ? first : StudioProblem.Of(ProblemCode.Unprocessable, detail);
        return problem with { Detail = detail, Errors = errors };
    }

    /// <summary>What the caller knows it by. Of a URL no query, which may hold a signature.</summary>
    private static string NameOf(SentPicture picture, int index)
    {
        var name = picture.FileName ?? picture.Text?.Split('?', '#')[0];
        if (string.IsNullOrWhiteSpace(name)) return $"{InputName} {index + 1}";
        return name.Length <= MaxNameLength ? name : name[..MaxNameLength];
    }

    private const string InputName = "image";
    private const int MaxNameLength = 300;
}
