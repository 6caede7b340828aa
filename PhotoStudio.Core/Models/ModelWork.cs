using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace PhotoStudio.Core.Models;

/// <summary>Something that takes a while with a model, told as it happens: for streams of events.</summary>
public static class ModelWork
{
    /// <summary>Does the work and tells of it. Whoever stops listening calls it off.</summary>
    /// <param name="work">The work.</param>
    /// <param name="keepAlive">How often what was told last is repeated when there is nothing new.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <returns>Any number of events with progress, then one with the report or the failure.</returns>
    public static async IAsyncEnumerable<ModelEvent> RunAsync(
        Func<IProgress<ModelProgress>, CancellationToken, Task<ModelReport>> work,
        TimeSpan keepAlive,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(time);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var news = new News();
        var task = news.TellAsync(work, cancel.Token);
        try
        {
            ModelProgress? last = null;
            Task<bool>? next = null;
            while (true)
            {
                next ??= news.Reader.WaitToReadAsync(cancel.Token).AsTask();
                if (!await IsDoneAsync(next, keepAlive, time, cancel.Token))
                {
                    if (last is not null) yield return new(last, null, null);
                    continue;
                }

                if (!await next) break;
                next = null;
                while (news.Reader.TryRead(out var progress)) yield return new(last = progress, null, null);
            }

            yield return await ResultAsync(task);
        }
        finally
        {
            await cancel.CancelAsync();
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<ModelEvent> ResultAsync(Task<ModelReport> task)
    {
        try
        {
            return new(null, await task, null);
        }
        catch (ModelException fault)
        {
            return new(null, null, fault);
        }
    }

    private static async Task<bool> IsDoneAsync(Task task, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (task.IsCompleted) return true;
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var done = await Task.WhenAny(task, Task.Delay(limit, time, quiet.Token)) == task;
        await quiet.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return done;
    }

    // Work never waits for a slow reader; what it tells meanwhile pushes out what was told before.
    private sealed class News : IProgress<ModelProgress>
    {
        private readonly Channel<ModelProgress> _channel = Channel.CreateBounded<ModelProgress>(
            new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        public ChannelReader<ModelProgress> Reader => _channel.Reader;

        public void Report(ModelProgress value) => _channel.Writer.TryWrite(value);

        public async Task<ModelReport> TellAsync(
            Func<IProgress<ModelProgress>, CancellationToken, Task<ModelReport>> work, CancellationToken cancellationToken)
        {
            try
            {
                return await work(this, cancellationToken);
            }
            finally
            {
                _channel.Writer.TryComplete();
            }
        }
    }
}

/// <summary>What is told of work with a model; exactly one of the three is there.</summary>
/// <param name="Progress">How far it is.</param>
/// <param name="Report">It is done.</param>
/// <param name="Failure">It could not be done.</param>
public sealed record ModelEvent(ModelProgress? Progress, ModelReport? Report, ModelException? Failure);
