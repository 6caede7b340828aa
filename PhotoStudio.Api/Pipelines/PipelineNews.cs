using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Pipelines;

/// <summary>What there is to tell of a pipeline.</summary>
internal sealed class PipelineNews(Owner owner, Guid id, IFlowStore flows, PipelinePresenter presenter, TimeProvider time) : IFlowNews
{
    private PipelineView? _told;
    private double _progress;

    public bool HasEnded { get; private set; }

    public async Task<IReadOnlyList<FlowEventResource>> LookAsync(CancellationToken cancellationToken)
    {
        if (await PipelineView.FindAsync(flows, owner, id, cancellationToken) is not { } view) return [];

        var events = new List<FlowEventResource>();
        if (_told is null) events.Add(Describe(view, "snapshot"));
        else if (Place(_told) != Place(view) && !view.Flow.State.IsTerminal()) events.Add(Describe(view, "step"));

        _told = view;
        _progress = view.Progress;
        if (!view.Flow.State.IsTerminal()) return events;

        HasEnded = true;
        var end = Describe(view, view.Flow.State.WireName()) with { At = view.Flow.FinishedAt ?? time.GetUtcNow() };
        if (view.Flow.State == JobState.Completed)
        {
            var results = (await presenter.ShowAsync(view, cancellationToken)).Results;
            end = end with { Results = results, Url = results.Count > 0 ? results[0].Url : null };
        }

        events.Add(end);
        return events;
    }

    public FlowEventResource? Hear(JobEvent jobEvent)
    {
        if (_told is not { } view || jobEvent.Type != JobEventType.Progress || jobEvent.FlowStep != view.Flow.CurrentStep) return null;
        var progress = (jobEvent.FlowStep + (jobEvent.Progress ?? 0)) / view.Flow.Steps.Count;
        if (progress <= _progress) return null;

        _progress = progress;
        return Describe(view, "progress") with { Progress = Math.Round(progress, 4), Stage = jobEvent.Stage, At = jobEvent.At };
    }

    private static (int Step, JobState? State, int Attempt) Place(PipelineView view) =>
        (view.Flow.CurrentStep, view.Current?.State, view.Current?.Attempt ?? 0);

    private FlowEventResource Describe(PipelineView view, string type) => new()
    {
        EventType = type,
        PipelineId = id,
        Status = view.Flow.State.WireName(),
        Progress = Math.Round(view.Progress, 4),
        Step = view.Flow.CurrentStep,
        Operation = view.Flow.Steps[view.Flow.CurrentStep].Operation,
        StepStatus = view.Current?.State.WireName(),
        Stage = view.Current?.Stage,
        At = time.GetUtcNow(),
        Error = view.Current?.Failure is { } failure ? new JobErrorResource(failure.Code, failure.Message) : null,
    };
}
