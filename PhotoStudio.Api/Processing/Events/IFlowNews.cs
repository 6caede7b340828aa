using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Api.Processing.Events;

/// <summary>What there is to tell of a pipeline or a batch, for one watcher.</summary>
internal interface IFlowNews
{
    /// <summary>Whether it has ended and everything has been told.</summary>
    bool HasEnded { get; }

    /// <summary>
    /// Looks at the store: what has changed since the last look. The first look answers a snapshot first; the terminal event comes
    /// last.
    /// </summary>
    Task<IReadOnlyList<FlowEventResource>> LookAsync(CancellationToken cancellationToken);

    /// <summary>What a job's event tells by itself; null when it only says to look.</summary>
    FlowEventResource? Hear(JobEvent jobEvent);
}
