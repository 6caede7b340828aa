using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Pipelines;

/// <summary>A pipeline with the jobs of its steps so far.</summary>
/// <param name="Flow">The pipeline.</param>
/// <param name="Jobs">The jobs, in the order of the steps.</param>
public sealed record PipelineView(Flow Flow, IReadOnlyList<Job> Jobs)
{
    /// <summary>The job of the current step, or of the last one there was.</summary>
    public Job? Current => Jobs.LastOrDefault(job => job.FlowStep == Flow.CurrentStep);

    /// <summary>How far all of it is, 0–1.</summary>
    public double Progress => Flow.State == JobState.Completed
        ? 1
        : (Flow.CurrentStep + (Current?.Progress ?? 0)) / Flow.Steps.Count;

    /// <summary>Why it failed; null unless it did.</summary>
    public JobFailure? Failure => Flow.State == JobState.Failed ? Current?.Failure : null;

    /// <summary>Looks at an owner's pipeline; null when there is none or it is another owner's.</summary>
    public static async Task<PipelineView?> FindAsync(IFlowStore flows, Owner owner, Guid id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(flows);

        // The flow first: a job that comes to be in between is passed over, and a flow that has ended has all of its jobs.
        if (await flows.FindAsync(owner, id, cancellationToken) is not { } flow) return null;
        return new PipelineView(flow, [.. (await flows.JobsOfAsync(owner, [id], cancellationToken))[id]]);
    }
}
