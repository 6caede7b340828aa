using Microsoft.ML.OnnxRuntime;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Onnx;

/// <summary>A loaded model in use. Safe for several runs at a time. Dispose it when the run is over, so that it may be unloaded.</summary>
public sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _fileName;
    private Action? _release;

    internal OnnxSession(InferenceSession session, string fileName, string device, Action release)
    {
        (_session, _fileName, Device, _release) = (session, fileName, device, release);
    }

    /// <summary>Where it runs, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; }

    /// <summary>
    /// Runs the model on the calling thread and the session's own. Inputs are read where they lie, outputs are not copied.
    /// </summary>
    /// <param name="inputs">The model's inputs by name.</param>
    /// <param name="outputs">The outputs to compute.</param>
    /// <param name="cancellationToken">Ends the run between two operators of the model.</param>
    /// <exception cref="InferenceException">The model failed (<see cref="InferenceFault.Broken"/>).</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public OnnxOutputs Run(
        IReadOnlyList<(string Name, FloatTensor Tensor)> inputs, IReadOnlyList<string> outputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        ObjectDisposedException.ThrowIf(_release is null, this);
        cancellationToken.ThrowIfCancellationRequested();

        var values = new List<OrtValue>(inputs.Count);
        try
        {
            foreach (var (_, tensor) in inputs) values.Add(OrtValue.CreateTensorValueFromMemory(tensor.Values, tensor.NativeShape));
            using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var watch = cancellationToken.Register(static state => ((RunOptions)state!).Terminate = true, options);
            return new(outputs, _session.Run(options, [.. inputs.Select(input => input.Name)], values, outputs));
        }
        catch (OnnxRuntimeException fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InferenceException(InferenceFault.Broken, "model_failed", $"The model {_fileName} failed: {fault.Message}", fault);
        }
        finally
        {
            foreach (var value in values) value.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}

/// <summary>What a model computed. The memory belongs to ONNX Runtime and is given back by <see cref="Dispose"/>.</summary>
public sealed class OnnxOutputs : IDisposable
{
    private readonly IReadOnlyList<string> _names;
    private readonly IDisposableReadOnlyCollection<OrtValue> _values;

    internal OnnxOutputs(IReadOnlyList<string> names, IDisposableReadOnlyCollection<OrtValue> values) =>
        (_names, _values) = (names, values);

    /// <summary>The values of an output, the last dimension varying fastest; not to be used after <see cref="Dispose"/>.</summary>
    /// <exception cref="ArgumentException">The run was not asked for this output.</exception>
    public ReadOnlySpan<float> Values(string name) => Find(name).GetTensorDataAsSpan<float>();

    /// <summary>The dimensions of an output.</summary>
    /// <exception cref="ArgumentException">The run was not asked for this output.</exception>
    public IReadOnlyList<long> Shape(string name) => Find(name).GetTensorTypeAndShape().Shape;

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    private OrtValue Find(string name)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            if (_names[i] == name) return _values[i];
        }

        throw new ArgumentException($"The run was not asked for an output '{name}'.", nameof(name));
    }
}
