using System.Text.Json.Nodes;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Pipelines;

/// <summary>Shows pipelines, with URLs signed for this moment.</summary>
public sealed class PipelinePresenter(IJobStore jobs, IFlowStore flows, IImageStore images, JobPresenter presenter, JobLinks links)
{
    /// <summary>Shows a pipeline.</summary>
    public async Task<PipelineResource> ShowAsync(PipelineView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        var results = await images.ResultsOfAsync(view.Flow.Owner, [.. view.Jobs.Select(job => job.Id)], cancellationToken);
        var means = view.Flow.State.IsTerminal() ? NoMeans : await flows.MeanDurationsAsync([.. Operations(view.Flow)], cancellationToken);
        return await ShowAsync(view, results, means, cancellationToken);
    }

    /// <summary>Shows a page of one owner's pipelines.</summary>
    public async Task<Page<PipelineResource>> ShowAsync(Owner owner, Page<Flow> page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        var steps = await flows.JobsOfAsync(owner, [.. page.Items.Select(flow => flow.Id)], cancellationToken);
        var results = await images.ResultsOfAsync(owner, [.. steps.SelectMany(group => group).Select(job => job.Id)], cancellationToken);
        var means = await flows.MeanDurationsAsync([.. page.Items.Where(flow => !flow.State.IsTerminal()).SelectMany(Operations)], cancellationToken);
        var shown = new List<PipelineResource>(page.Items.Count);
        foreach (var flow in page.Items) shown.Add(await ShowAsync(new PipelineView(flow, [.. steps[flow.Id]]), results, means, cancellationToken));
        return new Page<PipelineResource>(shown, page.Number, page.Size, page.Total);
    }

    /// <summary>What came out at the end: the pictures of the last step that made any.</summary>
    public static IReadOnlyList<StudioImage> Outcome(PipelineView view, ILookup<Guid, StudioImage> results)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(results);
        if (view.Flow.State != JobState.Completed) return [];
        return view.Jobs.Reverse().Select(job => results[job.Id].ToList()).FirstOrDefault(made => made.Count > 0) ?? [];
    }

    private static readonly Dictionary<string, TimeSpan> NoMeans = new(StringComparer.Ordinal);

    private async Task<PipelineResource> ShowAsync(
        PipelineView view, ILookup<Guid, StudioImage> results, IReadOnlyDictionary<string, TimeSpan> means, CancellationToken cancellationToken)
    {
        var flow = view.Flow;
        var current = flow.State.IsTerminal() ? null : view.Current;
        var queue = current is { State: JobState.Pending } waiting ? JobPresenter.Show(await jobs.StandingAsync(waiting, cancellationToken)) : null;
        return new PipelineResource
        {
            Id = flow.Id,
            Status = flow.State.WireName(),
            Progress = Math.Round(view.Progress, 4),
            CurrentStep = flow.CurrentStep,
            Steps = [.. flow.Steps.Select((step, index) => Show(view, step, index, results))],
            KeepIntermediate = !flow.DropsIntermediates,
            Results = [.. Outcome(view, results).Select(presenter.Show)],
            Data = flow.State == JobState.Completed && view.Current?.Data is { } data ? JsonNode.Parse(data) : null,
            Error = view.Failure is { } failure ? new JobErrorResource(failure.Code, failure.Message) : null,
            CreatedAt = flow.CreatedAt,
            FinishedAt = flow.FinishedAt,
            Queue = queue,
            EstimateSeconds = current is null ? null : Estimate(view, current, queue, means),
            BatchId = flow.BatchId,
            EventsUrl = links.Events(PipelineLinks.EventsPath(flow.Id)),
            Links = new PipelineLinksResource(PipelineLinks.Self(flow.Id), PipelineLinks.Cancel(flow.Id)),
        };
    }

    private PipelineStepResource Show(PipelineView view, FlowStep step, int index, ILookup<Guid, StudioImage> results)
    {
        var job = view.Jobs.FirstOrDefault(job => job.FlowStep == index);
        return new PipelineStepResource
        {
            Index = index,
            Operation = step.Operation,
            Parameters = JsonNode.Parse(step.Parameters)!.AsObject(),
            Status = job?.State.WireName() ?? (view.Flow.State.IsTerminal() ? "skipped" : JobState.Pending.WireName()),
            Progress = job?.Progress ?? 0,
            Stage = job?.Stage,
            JobId = job?.Id,
            Error = job?.Failure is { } failure ? new JobErrorResource(failure.Code, failure.Message) : null,
            Metadata = JobPresenter.Show(job?.Engine),
            Results = job is null ? [] : [.. results[job.Id].Select(presenter.Show)],
        };
    }

    /// <summary>The rest of the current step, its wait included, and every step after it at its operation's mean duration.</summary>
    private static double? Estimate(PipelineView view, Job current, QueueResource? queue, IReadOnlyDictionary<string, TimeSpan> means)
    {
        var seconds = 0.0;
        foreach (var step in view.Flow.Steps.Skip(view.Flow.CurrentStep))
        {
            if (!means.TryGetValue(step.Operation, out var mean)) return null;
            seconds += mean.TotalSeconds;
        }

        var own = means[current.Operation].TotalSeconds;
        seconds += queue?.EstimateSeconds is { } wait ? Math.Max(0, wait - own) : -own * current.Progress;
        return Math.Round(seconds, 1);
    }

    private static IEnumerable<string> Operations(Flow flow) => flow.Steps.Select(step => step.Operation);

}
