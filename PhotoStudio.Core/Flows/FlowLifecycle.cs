using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Core.Flows;

/// <summary>
/// How a flow follows the job of its current step, without storage. A store applies the answer in the transaction that
/// changes the job, so that a step is followed by exactly one next step.
/// </summary>
public static class FlowLifecycle
{
    /// <summary>
    /// What a flow becomes once the job of its current step has become <paramref name="job"/>, and the next step's job if one begins.
    /// The flow is being processed from its first claim on; a retry in between does not make it pending again.
    /// </summary>
    /// <param name="flow">The flow as it was. When it has ended, or the job is not its current step, nothing changes.</param>
    /// <param name="job">The job as it now is.</param>
    /// <param name="results">The pictures the job delivered; empty unless it is completed.</param>
    /// <param name="nextId">The id a next job gets.</param>
    /// <param name="now">The database's time.</param>
    public static (Flow Flow, Job? Next) Follow(Flow flow, Job job, IReadOnlyList<StudioImage> results, Guid nextId, DateTimeOffset now)
    {
        if (flow.State.IsTerminal() || job.FlowId != flow.Id || job.FlowStep != flow.CurrentStep) return (flow, null);

        return job.State switch
        {
            JobState.Pending => (flow, null),
            JobState.Processing => (flow with { State = JobState.Processing }, null),
            JobState.Completed when flow.CurrentStep + 1 < flow.Steps.Count =>
                (flow with { State = JobState.Processing, CurrentStep = flow.CurrentStep + 1 }, NextJob(flow, job, results, nextId, now)),
            _ => (flow with { State = job.State, FinishedAt = now }, null),
        };
    }

    /// <summary>What a flow becomes when the job it failed with is tried again. A flow that did not fail with that job is as it was.</summary>
    public static Flow Revive(Flow flow, Job job) => flow.State == JobState.Failed && job.FlowId == flow.Id && job.FlowStep == flow.CurrentStep
        ? flow with { State = JobState.Processing, FinishedAt = null }
        : flow;

    /// <summary>
    /// The next step works on the first picture the step before delivered; when that delivered data only, on the picture
    /// it looked at itself.
    /// </summary>
    private static Job NextJob(Flow flow, Job finished, IReadOnlyList<StudioImage> results, Guid id, DateTimeOffset now)
    {
        var step = flow.Steps[flow.CurrentStep + 1];
        var slot = InputSlot.Image.Name;
        var result = results.OrderBy(image => image.Index).FirstOrDefault();
        return new Job
        {
            Id = id,
            Owner = flow.Owner,
            Operation = step.Operation,
            Parameters = step.Parameters,
            Inputs = result is null
                ? [.. finished.Inputs.Where(input => input.Slot == slot)]
                : [new JobInput(slot, result.Id, result.BlobKey)],
            Lane = finished.Lane,
            CreatedAt = now,
            NotBefore = now,
            FlowId = flow.Id,
            FlowStep = flow.CurrentStep + 1,
            BatchId = flow.BatchId,
            TraceParent = finished.TraceParent,
        };
    }
}
