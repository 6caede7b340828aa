using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Api.Processing.Events;
using PhotoStudio.Api.Submission;
using PhotoStudio.Core.Flows;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Pipelines;

/// <summary>Streams a pipeline's events to its owner, or to anyone who has the signed <c>events_url</c>.</summary>
internal static class WatchPipeline
{
    public static async Task<IResult> HandleAsync(
        Guid id,
        HttpContext http,
        IFlowStore flows,
        JobLinks links,
        PipelinePresenter presenter,
        FlowEventStream stream,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var signed = links.MayWatch(PipelineLinks.EventsPath(id), http.Request.QueryString);
        if (!signed && http.Request.Query.ContainsKey("signature"))
            return StudioProblem.Of(ProblemCode.Forbidden, "This link was altered or has expired. Ask the pipeline for a new events_url.");

        var flow = signed
            ? await flows.FindAsync(id, cancellationToken)
            : await flows.FindAsync((await Caller.BindAsync(http)).Owner, id, cancellationToken);
        if (flow is null) return StudioProblem.Missing("pipeline");

        var news = new PipelineNews(flow.Owner, id, flows, presenter, time);
        return stream.Open(id, http.Request, flow.State.IsTerminal(), news, cancellationToken);
    }
}
