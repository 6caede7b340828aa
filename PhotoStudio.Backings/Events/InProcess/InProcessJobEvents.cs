using Microsoft.Extensions.Options;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Backings.Events.InProcess;

/// <summary>
/// Job events of a studio whose API and workers share one process. Each job has a topic: its latest events and its
/// watchers. Publishing costs as much as the job has watchers; a watcher costs an object and, while it lags, a short list.
/// </summary>
public sealed class InProcessJobEvents(IOptions<InProcessEventsOptions> options, TimeProvider time) : IJobEvents
{
    private readonly InProcessEventsOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LinkedListNode<JobTopic>> _topics = [];
    private readonly OwnerWatchers _owners = new();

    /// <summary>The topics, the one silent longest first.</summary>
    private readonly LinkedList<JobTopic> _bySilence = [];

    /// <summary>How many jobs have a topic.</summary>
    public int Topics
    {
        get
        {
            lock (_lock) return _topics.Count;
        }
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(JobEvent jobEvent, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        JobTopic topic;
        lock (_lock)
        {
            topic = TopicOf(jobEvent.JobId, spoke: true);
            ForgetSilentOnes();
        }

        topic.Publish(jobEvent);
        _owners.Tell(jobEvent);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IJobSubscription> SubscribeAsync(Guid jobId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            ForgetSilentOnes();
            JobWatcher watcher = new(this, TopicOf(jobId, spoke: false), _options.EventsPerWatcher);
            return Task.FromResult<IJobSubscription>(watcher);
        }
    }

    /// <inheritdoc/>
    public Task<IJobSubscription> SubscribeAsync(Owner owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_owners.Add(owner, _options.EventsPerWatcher));
    }

    /// <summary>A watcher has left; a topic that nobody watches and that has nothing to say is dropped.</summary>
    internal void Leave(JobTopic topic, JobWatcher watcher)
    {
        lock (_lock)
        {
            topic.Remove(watcher);
            if (!topic.IsWatched && topic.IsEmpty) Forget(topic);
            ForgetSilentOnes();
        }
    }

    private JobTopic TopicOf(Guid jobId, bool spoke)
    {
        if (!_topics.TryGetValue(jobId, out var node))
        {
            node = new LinkedListNode<JobTopic>(new JobTopic(jobId, _options.EventsPerJob) { LatestAt = time.GetTimestamp() });
            _topics.Add(jobId, node);
            _bySilence.AddLast(node);
        }
        else if (spoke)
        {
            node.Value.LatestAt = time.GetTimestamp();
            _bySilence.Remove(node);
            _bySilence.AddLast(node);
        }

        return node.Value;
    }

    private void ForgetSilentOnes()
    {
        // A watched topic is not dropped, or its watchers would hear nothing any more: it goes to the end of the line, at most
        // a few of them in one call. Watchers are bounded by the connections the service accepts.
        for (var looked = 0; looked < 8 && _bySilence.First is { } node; looked++)
        {
            var tooMany = _topics.Count > _options.Jobs;
            if (!tooMany && time.GetElapsedTime(node.Value.LatestAt) < _options.RememberFor) return;
            if (node.Value.IsWatched)
            {
                node.Value.LatestAt = time.GetTimestamp();
                _bySilence.Remove(node);
                _bySilence.AddLast(node);
            }
            else
            {
                Forget(node.Value);
            }
        }
    }

    private void Forget(JobTopic topic)
    {
        if (!_topics.Remove(topic.JobId, out var node)) return;
        _bySilence.Remove(node);
    }
}
