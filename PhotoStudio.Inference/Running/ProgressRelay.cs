using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Running;

/// <summary>
/// Passes an engine's progress on: never backwards, never outside 0–1, never after the run has ended, and in order even
/// when several of the engine's threads report. A listener that throws is not heard of by the engine and not called again.
/// </summary>
internal sealed class ProgressRelay(IProgress<InferenceProgress>? listener, Action<Exception> onListenerFault)
    : IProgress<InferenceProgress>
{
    // What is left of the bar for writing the result's file.
    private const double EngineShare = 0.95;

    private readonly Lock _lock = new();
    private IProgress<InferenceProgress>? _listener = listener;
    private double _fraction;

    /// <summary>The engine's own progress, 0–1.</summary>
    public void Report(InferenceProgress value) => Pass(value.Fraction * EngineShare, value.Stage);

    /// <summary>The engine is done and the result's file is being written.</summary>
    public void Encoding() => Pass(EngineShare, "writing the result");

    /// <summary>The run is done.</summary>
    public void Done()
    {
        Pass(1, "done");
        Close();
    }

    /// <summary>Nothing is passed on from here on.</summary>
    public void Close()
    {
        lock (_lock) _listener = null;
    }

    private void Pass(double fraction, string? stage)
    {
        lock (_lock)
        {
            if (_listener is null) return;
            if (fraction > _fraction) _fraction = Math.Min(fraction, 1);
            try
            {
                _listener.Report(new(_fraction, stage));
            }
#pragma warning disable CA1031 // Whatever a listener does wrong, the run goes on.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                _listener = null;
                onListenerFault(fault);
            }
        }
    }
}
