using Microsoft.ML.OnnxRuntime;

namespace PhotoStudio.Inference.Onnx;

/// <summary>A session in memory, with what its runs on a device need besides it.</summary>
/// <param name="session">The session.</param>
/// <param name="queue">The device's queue; null where runs need none.</param>
/// <param name="firstRan">Called once, after the first run.</param>
internal sealed class LoadedSession(InferenceSession session, DeviceQueue? queue, Action<InferenceSession>? firstRan) : IDisposable
{
    private Action<InferenceSession>? _firstRan = firstRan;

    /// <summary>The session.</summary>
    public InferenceSession Session => session;

    /// <summary>The device's queue; null where runs need none.</summary>
    public DeviceQueue? Queue => queue;

    /// <summary>A run has ended well.</summary>
    public void Ran() => Interlocked.Exchange(ref _firstRan, null)?.Invoke(session);

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
