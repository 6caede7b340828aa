using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Batches;

/// <summary>What there is to tell of a batch.</summary>
internal sealed class BatchNews(Owner owner, Guid id, IFlowStore flows, BatchPresenter presenter, TimeProvider time) : IFlowNews
{
    private readonly HashSet<int> _ended = [];
    private BatchView? _told;

    public bool HasEnded { get; private set; }

    public async Task<IReadOnlyList<FlowEventResource>> LookAsync(CancellationToken cancellationToken)
    {
        if (await BatchView.FindAsync(flows, owner, id, cancellationToken) is not { } view) return [];

        var events = new List<FlowEventResource>();
        if (_told is null) events.Add(Describe(view, "snapshot"));
        for (var index = 0; index < view.Items.Count; index++)
        {
            if (view.Items[index] is { } item && !item.Flow.State.IsTerminal()) continue;
            if (!_ended.Add(index) || _told is null) continue;
            events.Add(Describe(view, "item") with { Item = await presenter.ShowItemAsync(view, index, cancellationToken) });
        }

        if (view.State.IsTerminal())
        {
            HasEnded = true;
            events.Add(Describe(view, view.State.WireName()) with { At = view.FinishedAt ?? time.GetUtcNow() });
        }
        else if (_told is not null && events.Count == 0 && (_told.Tally != view.Tally || view.Progress > _told.Progress))
        {
            events.Add(Describe(view, "progress"));
        }

        _told = view;
        return events;
    }

    public FlowEventResource? Hear(JobEvent jobEvent) => null;

    private FlowEventResource Describe(BatchView view, string type) => new()
    {
        EventType = type,
        BatchId = id,
        Status = view.State.WireName(),
        Progress = Math.Round(view.Progress, 4),
        Counts = BatchPresenter.Show(view.Tally),
        At = time.GetUtcNow(),
    };
}
