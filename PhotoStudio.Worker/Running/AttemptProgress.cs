using System.Threading.Channels;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Jobs;

namespace PhotoStudio.Worker.Running;

/// <summary>
/// Tells how far an attempt is. Engines report as often as they like and never wait for it; watchers are told at most once
/// an interval, and only of something new: another stage, or at least one percent more.
/// </summary>
internal sealed class AttemptProgress : IProgress<InferenceProgress>, IAsyncDisposable
{
    private readonly Announcer _announcer;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly Job _job;
    private readonly Channel<JobEvent> _outgoing = Channel.CreateBounded<JobEvent>(
        new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Lock _lock = new();
    private readonly Task _sending;
    private InferenceProgress _latest = new(0);
    private InferenceProgress _told = new(0);
    private long? _toldAt;
    private long _sequence;

    /// <summary>Tells that the attempt has begun.</summary>
    public AttemptProgress(Job job, Announcer announcer, TimeSpan interval, TimeProvider time)
    {
        _job = job;
        _announcer = announcer;
        _interval = interval;
        _time = time;
        _outgoing.Writer.TryWrite(Next(JobEventType.Started));
        _sending = SendAsync();
    }

    /// <summary>How far it is.</summary>
    public InferenceProgress Latest
    {
        get
        {
            lock (_lock) return _latest;
        }
    }

    /// <inheritdoc/>
    public void Report(InferenceProgress value)
    {
        lock (_lock)
        {
            var fraction = double.IsFinite(value.Fraction) ? Math.Clamp(value.Fraction, _latest.Fraction, 1) : _latest.Fraction;
            _latest = new InferenceProgress(fraction, value.Stage ?? _latest.Stage);
            if (_latest.Stage == _told.Stage && _latest.Fraction - _told.Fraction < 0.01) return;
            if (_toldAt is { } last && _time.GetElapsedTime(last) < _interval) return;

            _told = _latest;
            _toldAt = _time.GetTimestamp();
            _outgoing.Writer.TryWrite(Next(JobEventType.Progress) with { Progress = _latest.Fraction, Stage = _latest.Stage });
        }
    }

    /// <summary>Waits until everything is told; what is reported later is not.</summary>
    public async ValueTask DisposeAsync()
    {
        _outgoing.Writer.TryComplete();
        await _sending;
    }

    private JobEvent Next(JobEventType type) => _announcer.Event(_job, new EventCursor(_job.Attempt, ++_sequence), type);

    private async Task SendAsync()
    {
        await foreach (var jobEvent in _outgoing.Reader.ReadAllAsync()) await _announcer.TellAsync(jobEvent);
    }
}
