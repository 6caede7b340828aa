namespace PhotoStudio.Inference.Algorithms;

/// <summary>
/// Splits the rows of an image into bands and works on them in parallel. The bands depend on the height only, so
/// that work which adds up within a band gives the same result on any machine.
/// </summary>
public static class RowBands
{
    private const int BandRows = 32;
    private static readonly AsyncLocal<int> Cores = new();

    /// <summary>Limits the threads that work started from here on, in this flow of control, may use.</summary>
    /// <param name="cores">At least 1.</param>
    /// <returns>Lifts the limit again.</returns>
    public static IDisposable LimitTo(int cores)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cores, 1);
        var before = Cores.Value;
        Cores.Value = cores;
        return new Limit(before);
    }

    /// <summary>Calls <paramref name="work"/> with first row and row after the last for every band; stops early when cancelled.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Run(int height, Action<int, int> work, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bands = (height + BandRows - 1) / BandRows;
        if (bands == 1)
        {
            work(0, height);
            return;
        }

        ForEach(bands, band => work(band * BandRows, Math.Min(height, (band + 1) * BandRows)), cancellationToken);
    }

    /// <summary>Calls <paramref name="work"/> with 0 to <paramref name="count"/> − 1; stops early when cancelled.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void ForEach(int count, Action<int> work, CancellationToken cancellationToken = default)
    {
        var cores = Cores.Value > 0 ? Cores.Value : Environment.ProcessorCount;
        if (cores == 1)
        {
            for (var i = 0; i < count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                work(i);
            }

            return;
        }

        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = cores };
        try
        {
            Parallel.For(0, count, options, work);
        }
        catch (AggregateException failures) when (failures.InnerExceptions.Any(failure => failure is OperationCanceledException))
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private sealed class Limit(int before) : IDisposable
    {
        public void Dispose() => Cores.Value = before;
    }
}
