namespace PhotoStudio.Tests.Support;

/// <summary>
/// A clock that stands still until a test moves it. Timers (and with them <c>Task.Delay</c>, <c>PeriodicTimer</c> and
/// <c>WaitAsync</c>) fire on the test's thread while it moves, in the order they are due.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    /// <summary>Starts on a plain day at noon.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>How many timers wait to fire.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (_lock) return _timers.Count;
        }
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, firing every timer on the way at the moment it is due.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetUtcNow() + by;
        while (NextDue(target) is { } timer) timer.Fire();
        lock (_lock) _now = target;
    }

    private ManualTimer? NextDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            var timer = _timers.MinBy(candidate => candidate.Due);
            if (timer is null || timer.Due > target) return null;
            if (timer.Due > _now) _now = timer.Due;
            timer.Reschedule();
            return timer;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private bool _disposed;

        public DateTimeOffset Due { get; private set; }

        public void Fire() => callback(state);

        /// <summary>Call under the clock's lock.</summary>
        public void Reschedule()
        {
            if (_period > TimeSpan.Zero) Due += _period;
            else clock._timers.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                if (_disposed) return false;
                clock._timers.Remove(this);
                _period = period;
                if (dueTime < TimeSpan.Zero) return true;

                Due = clock._now + dueTime;
                clock._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                _disposed = true;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
