using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Assistant;
using PhotoStudio.Core.Chat;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Worker.Conversations;

/// <summary>Begins the jobs of a message's steps, each once however often it is asked to, and waits for them.</summary>
internal sealed class MessageJobs(
    IJobStore jobs, IImageStore images, ConversationNews news, IOptions<WorkerOptions> options, TimeProvider time)
{
    private const string Method = "CHAT";
    private const string Route = "message";

    /// <summary>Begins a step; waits while its owner has as many unfinished jobs as allowed.</summary>
    /// <param name="message">The message with what became of its earlier steps.</param>
    /// <param name="index">The step of its plan.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<StepStart> BeginAsync(ChatMessage message, int index, CancellationToken cancellationToken)
    {
        var step = message.Work.Plan!.Steps[index];
        var operation = OperationCatalog.Get(step.Operation);
        var inputs = new List<StudioImage>();
        foreach (var reference in step.Inputs.Values)
        {
            if (await PictureAsync(message, reference, cancellationToken) is not { } picture)
                return new StepStart.Impossible(new JobFailure("input_missing", "A picture that the message is about is not there any more."));
            inputs.Add(picture);
        }

        var given = step.Inputs.Keys.Zip(inputs, (slot, image) => new GivenPicture(slot, image.Width, image.Height)).ToList();
        var faults = new FaultList();
        if (Read(operation, step, given, faults) is not { } parameters)
            return new StepStart.Impossible(new JobFailure("invalid_parameters", faults.ToString()));

        var submission = new JobSubmission
        {
            Owner = message.Owner,
            Parameters = parameters,
            Refinement = index < message.Work.Refinements.Count ? message.Work.Refinements[index] : null,
            Inputs = [.. given.Zip(inputs, (picture, image) => new JobInput(picture.Slot, image.Id, image.BlobKey))],
            Idempotency = new IdempotencyKey(Method, Route, $"{message.Id:N}-{index}", "step"),
            TraceParent = Activity.Current?.Id,
        };
        while (true)
        {
            switch (await jobs.SubmitAsync(submission, CancellationToken.None))
            {
                case SubmitOutcome.Accepted { Job: var job }:
                    await news.AcceptedAsync(job);
                    return new StepStart.Begun(job.Id);
                case SubmitOutcome.Repeated { Job: var job }:
                    return new StepStart.Begun(job.Id);
                case SubmitOutcome.QueueFull:
                    await Task.Delay(options.Value.PollInterval, time, cancellationToken);
                    break;
                case SubmitOutcome.QuotaExceeded { Quota: var quota }:
                    return new StepStart.Impossible(new JobFailure(
                        "quota_exceeded", $"The {quota.Limit} of a day are used up; there are new ones at {quota.ResetsAt:u}."));
                case var other:
                    throw new InvalidOperationException($"A step had the unknown outcome {other.GetType().Name}.");
            }
        }
    }

    /// <summary>Waits for a job's end; its progress is told to the conversation's watchers.</summary>
    public async Task<Job> WaitAsync(ChatMessage message, Guid jobId, CancellationToken cancellationToken)
    {
        await using var watch = await news.WatchAsync(message, jobId, cancellationToken);
        while (true)
        {
            var job = await jobs.FindAsync(jobId, cancellationToken) ?? throw new InvalidOperationException("A step's job is gone.");
            if (job.State.IsTerminal()) return job;
            await watch.WaitAsync(options.Value.PollInterval, cancellationToken);
        }
    }

    /// <summary>Calls a job off.</summary>
    public async Task CallOffAsync(Owner owner, Guid jobId)
    {
        if (await jobs.CancelAsync(owner, jobId, CancellationToken.None) is { State: JobState.Cancelled } job) await news.CancelledAsync(job);
    }

    private static OperationParameters? Read(Operation operation, AssistantStep step, IReadOnlyList<GivenPicture> given, FaultList faults)
    {
        using var json = JsonDocument.Parse(step.Parameters.ToJsonString());
        var values = json.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, RawValue.FromJson(member.Value)));
        if (OperationParameters.Read(operation, values, faults) is not { } parameters) return null;
        operation.CheckInputs(parameters, [.. given.Select(picture => picture.Slot)], faults);
        if (faults.IsEmpty) operation.CheckSizes(parameters, given, faults);
        return faults.IsEmpty ? parameters : null;
    }

    private async Task<StudioImage?> PictureAsync(ChatMessage message, PictureReference reference, CancellationToken cancellationToken)
    {
        if (reference.Origin != PictureOrigin.Step)
            return Guid.TryParse(reference.Id, out var id) ? await images.FindAsync(message.Owner, id, cancellationToken) : null;
        var made = await images.ResultsOfAsync(message.Owner, message.Work.Jobs[reference.Step!.Value], cancellationToken);
        return made.OrderBy(image => image.Index).FirstOrDefault();
    }
}

/// <summary>How a step began.</summary>
internal abstract record StepStart
{
    private StepStart()
    {
    }

    /// <summary>Its job is in the store.</summary>
    public sealed record Begun(Guid JobId) : StepStart;

    /// <summary>It cannot be done.</summary>
    public sealed record Impossible(JobFailure Failure) : StepStart;
}
