namespace PhotoStudio.Backings.Inference;

/// <summary>
/// Ends a call when its caller does, when the other side has been silent for too long, or when all of it takes too long.
/// </summary>
internal sealed class SignsOfLife : IDisposable
{
    private readonly TimeSpan _silence;
    private readonly CancellationTokenSource _quiet;
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _any;

    /// <summary>Begins to wait.</summary>
    public SignsOfLife(HttpInferenceOptions options, TimeProvider time, CancellationToken caller)
    {
        _silence = options.SilenceTimeout;
        _quiet = new CancellationTokenSource(_silence, time);
        _late = new CancellationTokenSource(options.RunTimeout, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(caller, _quiet.Token, _late.Token);
    }

    /// <summary>Any of the three.</summary>
    public CancellationToken Token => _any.Token;

    /// <summary>Whether it was silent for too long.</summary>
    public bool IsSilent => _quiet.IsCancellationRequested;

    /// <summary>Whether it took too long in all.</summary>
    public bool IsLate => _late.IsCancellationRequested;

    /// <summary>Something came, or was taken.</summary>
    public void Heard() => _quiet.CancelAfter(_silence);

    /// <inheritdoc/>
    public void Dispose()
    {
        _any.Dispose();
        _late.Dispose();
        _quiet.Dispose();
    }
}
