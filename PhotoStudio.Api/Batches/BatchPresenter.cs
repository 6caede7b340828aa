using System.Text.Json.Nodes;
using PhotoStudio.Api.Pipelines;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Images;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Batches;

/// <summary>Shows batches, with URLs signed for this moment.</summary>
public sealed class BatchPresenter(IFlowStore flows, IImageStore images, JobPresenter presenter, JobLinks links)
{
    private static readonly BatchTally Nothing = new(0, 0, 0, 0, 0);

    /// <summary>Shows a batch with all of its items.</summary>
    public async Task<BatchResource> ShowAsync(BatchView view, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(view);
        var results = await ResultsOfAsync(view, cancellationToken);
        var batch = view.Batch;
        return Show(batch, view.Tally, view.Progress, view.FinishedAt) with
        {
            Items = [.. view.Items.Select((_, index) => Show(view, index, results))],
            EstimateSeconds = view.State.IsTerminal() ? null : await EstimateAsync(view, cancellationToken),
        };
    }

    /// <summary>Shows a page of one owner's batches, without their items.</summary>
    public async Task<Page<BatchResource>> ShowAsync(Owner owner, Page<Batch> page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        var tallies = await flows.TallyAsync(owner, [.. page.Items.Select(batch => batch.Id)], cancellationToken);
        return page.Select(batch =>
        {
            var (tally, latestEnd) = tallies.GetValueOrDefault(batch.Id, (Nothing, null));
            tally = tally with { Failed = tally.Failed + batch.Items.Count(item => item.Refusal is not null) };
            var ended = tally.Ended == tally.Total;
            return Show(batch, tally, (double)tally.Ended / Math.Max(1, tally.Total), ended ? latestEnd : null);
        });
    }

    /// <summary>Shows one item, on its own.</summary>
    internal async Task<BatchItemResource> ShowItemAsync(BatchView view, int index, CancellationToken cancellationToken)
    {
        var made = view.Items[index] is { } item
            ? await images.ResultsOfAsync(view.Batch.Owner, [.. item.Jobs.Select(job => job.Id)], cancellationToken)
            : Array.Empty<StudioImage>().ToLookup(_ => Guid.Empty);
        return Show(view, index, made);
    }

    internal static BatchCountsResource Show(BatchTally tally) =>
        new(tally.Total, tally.Pending, tally.Processing, tally.Completed, tally.Failed, tally.Cancelled);

    private Task<ILookup<Guid, StudioImage>> ResultsOfAsync(BatchView view, CancellationToken cancellationToken)
    {
        var done = view.Items.OfType<PipelineView>().Where(item => item.Flow.State == JobState.Completed);
        return images.ResultsOfAsync(view.Batch.Owner, [.. done.SelectMany(item => item.Jobs).Select(job => job.Id)], cancellationToken);
    }

    private BatchResource Show(Batch batch, BatchTally tally, double progress, DateTimeOffset? finishedAt) => new()
    {
        Id = batch.Id,
        Status = tally.State(batch.CancelledAt is not null).WireName(),
        Progress = Math.Round(progress, 4),
        Counts = Show(tally),
        Steps = [.. batch.Steps.Select(step => new BatchStepResource(step.Operation, JsonNode.Parse(step.Parameters)!.AsObject()))],
        CreatedAt = batch.CreatedAt,
        FinishedAt = finishedAt,
        EventsUrl = links.Events(BatchLinks.EventsPath(batch.Id)),
        Links = new BatchLinksResource(BatchLinks.Self(batch.Id), BatchLinks.Cancel(batch.Id)),
    };

    private BatchItemResource Show(BatchView view, int index, ILookup<Guid, StudioImage> results)
    {
        var item = view.Batch.Items[index];
        var flow = view.Items[index];
        var failure = item.Refusal ?? flow?.Failure;
        return new BatchItemResource
        {
            Index = index,
            Name = item.Name,
            Status = (flow?.Flow.State ?? JobState.Failed).WireName(),
            Progress = flow is null ? 0 : Math.Round(flow.Progress, 4),
            ImageId = item.ImageId,
            PipelineId = flow?.Flow.Id,
            JobId = flow?.Current?.Id,
            Error = failure is null ? null : new JobErrorResource(failure.Code, failure.Message),
            Results = flow is null ? [] : [.. PipelinePresenter.Outcome(flow, results).Select(presenter.Show)],
        };
    }

    /// <summary>What is left of every item at its operations' mean durations, through as many slots as the batch has work in now.</summary>
    private async Task<double?> EstimateAsync(BatchView view, CancellationToken cancellationToken)
    {
        var means = await flows.MeanDurationsAsync([.. view.Batch.Steps.Select(step => step.Operation)], cancellationToken);
        if (view.Batch.Steps.Any(step => !means.ContainsKey(step.Operation))) return null;

        var seconds = 0.0;
        foreach (var item in view.Items.OfType<PipelineView>().Where(item => !item.Flow.State.IsTerminal()))
        {
            seconds += item.Flow.Steps.Skip(item.Flow.CurrentStep).Sum(step => means[step.Operation].TotalSeconds);
            seconds -= means[item.Flow.Steps[item.Flow.CurrentStep].Operation].TotalSeconds * (item.Current?.Progress ?? 0);
        }

        var running = view.Items.Count(item => item?.Current?.State == JobState.Processing);
        return Math.Round(seconds / Math.Max(1, running), 1);
    }
}
