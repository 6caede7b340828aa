namespace PhotoStudio.Imaging.Codecs;

/// <summary>Ends a decode that takes longer than the limits allow.</summary>
internal static class DecodeTimer
{
    /// <summary>Runs a decode with a token that fires with the caller's or when the time is over.</summary>
    /// <exception cref="PictureTooLargeException">The time is over; the message says how long it was.</exception>
    internal static T Run<T>(PictureLimits limits, Func<CancellationToken, T> decode, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(TimeSpan.FromSeconds(limits.MaxSeconds));
        try
        {
            return decode(timer.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException fault) when (timer.IsCancellationRequested)
        {
            throw new PictureTooLargeException($"The picture takes more than {limits.MaxSeconds} seconds to decode.", fault);
        }
    }
}
