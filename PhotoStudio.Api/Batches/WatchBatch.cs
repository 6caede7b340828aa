using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Batches;

/// <summary>Streams a batch's events to its owner, or to anyone who has the signed <c>events_url</c>.</summary>
internal static class WatchBatch
{
    public static async Task<IResult> HandleAsync(
        Guid id,
        HttpContext http,
        IFlowStore flows,
        JobLinks links,
        BatchPresenter presenter,
        FlowEventStream stream,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var signed = links.MayWatch(BatchLinks.EventsPath(id), http.Request.QueryString);
        if (!signed && http.Request.Query.ContainsKey("signature"))
            return StudioProblem.Of(ProblemCode.Forbidden, "This link was altered or has expired. Ask the batch for a new events_url.");

        var batch = signed
            ? await flows.FindBatchAsync(id, cancellationToken)
            : await flows.FindBatchAsync((await Caller.BindAsync(http)).Owner, id, cancellationToken);
        if (batch is null || await BatchView.FindAsync(flows, batch.Owner, id, cancellationToken) is not { } view) return StudioProblem.Missing("batch");

        var news = new BatchNews(batch.Owner, id, flows, presenter, time);
        return stream.Open(id, http.Request, view.State.IsTerminal(), news, cancellationToken);
    }
}
