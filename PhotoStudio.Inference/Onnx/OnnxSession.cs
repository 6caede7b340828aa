using Microsoft.ML.OnnxRuntime;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Onnx;

/// <summary>A loaded model in use. Safe for several runs at a time. Dispose it when the run is over, so that it may be unloaded.</summary>
public sealed class OnnxSession : IDisposable
{
    private readonly LoadedSession _loaded;
    private readonly string _fileName;
    private Action? _release;

    internal OnnxSession(LoadedSession loaded, string fileName, string device, Action release)
    {
        (_loaded, _fileName, Device, _release) = (loaded, fileName, device, release);
    }

    /// <summary>Where it runs, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; }

    /// <summary>The names of the model's inputs, in its order.</summary>
    public IReadOnlyList<string> InputNames => _loaded.Session.InputNames;

    /// <summary>The names of the model's outputs, in its order.</summary>
    public IReadOnlyList<string> OutputNames => _loaded.Session.OutputNames;

    /// <summary>The dimensions of an input; −1 is any size.</summary>
    /// <param name="name">Its name, or its place by <see cref="TensorSignature.At"/>.</param>
    public IReadOnlyList<int> InputShape(string name) => _loaded.Session.InputMetadata[TensorSignature.Resolve(name, InputNames)].Dimensions;

    /// <summary>Whether all inputs and outputs are 32-bit floats, so that they can be bound.</summary>
    public bool WorksOnFloats => _loaded.Session.InputMetadata.Values.Concat(_loaded.Session.OutputMetadata.Values)
        .All(tensor => tensor.IsTensor && tensor.ElementDataType == TensorElements.Usual);

    /// <summary>
    /// Runs the model on the calling thread and the session's own; on a GPU, when its turn comes. Inputs are read where they lie, outputs
    /// are not copied, unless the model wants or gives other numbers than 32-bit floats.
    /// </summary>
    /// <param name="inputs">The model's inputs by name or place.</param>
    /// <param name="outputs">The outputs to compute, by name or place.</param>
    /// <param name="cancellationToken">Ends the run between two operators of the model.</param>
    /// <exception cref="InferenceException">The model failed (<see cref="InferenceFault.Broken"/>).</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public OnnxOutputs Run(
        IReadOnlyList<(string Name, FloatTensor Tensor)> inputs, IReadOnlyList<string> outputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        var session = _loaded.Session;
        string[] names = [.. inputs.Select(input => TensorSignature.Resolve(input.Name, session.InputNames))];
        string[] wanted = [.. outputs.Select(name => TensorSignature.Resolve(name, session.OutputNames))];
        var values = new List<OrtValue>(inputs.Count);
        try
        {
            for (var i = 0; i < names.Length; i++)
            {
                var type = session.InputMetadata.TryGetValue(names[i], out var input) ? input.ElementDataType : TensorElements.Usual;
                values.Add(TensorElements.ToValue(inputs[i].Tensor, type));
            }

            return new(outputs, Run(options => session.Run(options, names, values, wanted), cancellationToken));
        }
        finally
        {
            foreach (var value in values) value.Dispose();
        }
    }

    /// <summary>
    /// Ties tensors to the model's inputs and outputs for many runs of the same shapes: every run reads and writes them where they lie and
    /// takes no memory for inputs and outputs of its own.
    /// </summary>
    /// <param name="inputs">Tensors that are filled before each run.</param>
    /// <param name="outputs">Tensors that each run fills.</param>
    /// <exception cref="InferenceException">The model works with other numbers than 32-bit floats.</exception>
    public OnnxBinding Bind(IReadOnlyList<(string Name, FloatTensor Tensor)> inputs, IReadOnlyList<(string Name, FloatTensor Tensor)> outputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        ObjectDisposedException.ThrowIf(_release is null, this);
        var session = _loaded.Session;
        var named = Named(inputs, session.InputNames, session.InputMetadata);
        return new(session, named, Named(outputs, session.OutputNames, session.OutputMetadata), (work, token) => Run<object?>(
            options =>
            {
                work(options);
                return null;
            },
            token));

        IEnumerable<(string Name, FloatTensor Tensor)> Named(
            IReadOnlyList<(string Name, FloatTensor Tensor)> tensors, IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata)
        {
            foreach (var (name, tensor) in tensors)
            {
                var actual = TensorSignature.Resolve(name, names);
                if (!metadata.TryGetValue(actual, out var found) || found.ElementDataType != TensorElements.Usual)
                    throw Unexpected($"'{actual}' is no tensor of 32-bit floats");
                yield return (actual, tensor);
            }
        }
    }

    /// <summary>The error of a model that has the right inputs and outputs and still is another one.</summary>
    /// <param name="why">Continues "It is not the model that this engine works with, because".</param>
    internal InferenceException Unexpected(string why) => new(
        InferenceFault.Unavailable,
        "model_mismatch",
        $"The model file {_fileName} is not the model that this engine works with, because {why}. Put the model that the catalogue names in its place.");

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();

    private T Run<T>(Func<RunOptions, T> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_release is null, this);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var turn = _loaded.Queue?.Enter(cancellationToken);
            using var watch = cancellationToken.Register(static state => ((RunOptions)state!).Terminate = true, options);
            var result = work(options);
            _loaded.Ran();
            return result;
        }
        catch (OnnxRuntimeException fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InferenceException(InferenceFault.Broken, "model_failed", $"The model {_fileName} failed: {fault.Message}", fault);
        }
    }
}

/// <summary>What a model computed. The memory belongs to ONNX Runtime and is given back by <see cref="Dispose"/>.</summary>
public sealed class OnnxOutputs : IDisposable
{
    private readonly IReadOnlyList<string> _names;
    private readonly IDisposableReadOnlyCollection<OrtValue> _values;
    private readonly float[]?[] _converted;

    internal OnnxOutputs(IReadOnlyList<string> names, IDisposableReadOnlyCollection<OrtValue> values)
    {
        (_names, _values) = (names, values);
        _converted = [.. values.Select(TensorElements.ToFloats)];
    }

    /// <summary>The values of an output, the last dimension varying fastest; not to be used after <see cref="Dispose"/>.</summary>
    /// <param name="name">The name, or place, that the run was asked for.</param>
    /// <exception cref="ArgumentException">The run was not asked for this output.</exception>
    public ReadOnlySpan<float> Values(string name)
    {
        var index = Find(name);
        return _converted[index] ?? _values[index].GetTensorDataAsSpan<float>();
    }

    /// <summary>The dimensions of an output.</summary>
    /// <exception cref="ArgumentException">The run was not asked for this output.</exception>
    public IReadOnlyList<long> Shape(string name) => _values[Find(name)].GetTensorTypeAndShape().Shape;

    /// <inheritdoc/>
    public void Dispose() => _values.Dispose();

    private int Find(string name)
    {
        for (var i = 0; i < _names.Count; i++)
        {
            if (_names[i] == name) return i;
        }

        throw new ArgumentException($"The run was not asked for an output '{name}'.", nameof(name));
    }
}
