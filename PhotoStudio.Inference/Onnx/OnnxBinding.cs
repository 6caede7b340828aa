using Microsoft.ML.OnnxRuntime;

namespace PhotoStudio.Inference.Onnx;

/// <summary>
/// Tensors that are tied to a model's inputs and outputs, see <see cref="OnnxSession.Bind"/>. For one thread; to be disposed before the
/// session.
/// </summary>
public sealed class OnnxBinding : IDisposable
{
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values = [];
    private readonly InferenceSession _session;
    private readonly Action<Action<RunOptions>, CancellationToken> _run;

    internal OnnxBinding(
        InferenceSession session,
        IEnumerable<(string Name, FloatTensor Tensor)> inputs,
        IEnumerable<(string Name, FloatTensor Tensor)> outputs,
        Action<Action<RunOptions>, CancellationToken> run)
    {
        (_session, _run, _binding) = (session, run, session.CreateIoBinding());
        try
        {
            foreach (var (name, tensor) in inputs) _binding.BindInput(name, Hold(tensor));
            foreach (var (name, tensor) in outputs) _binding.BindOutput(name, Hold(tensor));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs the model on what the inputs hold now; the outputs hold the result.</summary>
    /// <param name="cancellationToken">Ends the run between two operators of the model.</param>
    /// <exception cref="Core.Inference.InferenceException">The model failed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Run(CancellationToken cancellationToken) =>
        _run(
            options =>
            {
                _binding.SynchronizeBoundInputs();
                _session.RunWithBinding(options, _binding);
                _binding.SynchronizeBoundOutputs();
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        foreach (var value in _values) value.Dispose();
        _values.Clear();
    }

    private OrtValue Hold(FloatTensor tensor)
    {
        var value = OrtValue.CreateTensorValueFromMemory(tensor.Values, tensor.NativeShape);
        _values.Add(value);
        return value;
    }
}
