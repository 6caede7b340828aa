using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Onnx;

/// <summary>
/// Runs requests of equal shape that come within a short time through a model together, where the model takes any number of pictures: a
/// GPU works on several as fast as on one. Each request gets what it would have got alone.
/// </summary>
public sealed class MicroBatcher
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, Batch> _open = [];
    private readonly OnnxSessions _sessions;
    private readonly TimeProvider _time;
    private readonly TimeSpan _window;
    private readonly int _most;

    /// <summary>Takes the window and the most in a batch from the options.</summary>
    public MicroBatcher(OnnxSessions sessions, ExecutionDevice device, IOptions<InferenceOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(options);
        (_sessions, _time) = (sessions, time);
        var models = options.Value.Models;
        _window = TimeSpan.FromMilliseconds(models.BatchWindowMilliseconds ?? (device.Provider is null ? 0 : 2));
        _most = models.MostInBatch;
    }

    /// <summary>Requests that wait for others.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _open.Values.Sum(batch => batch.Requests.Count);
        }
    }

    /// <summary>Runs a model with one input and one output.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The input, its first dimension 1.</param>
    /// <param name="cancellationToken">
    /// Gives the request up. What runs already goes on for the others; a request that is alone in its batch stops it.
    /// </param>
    /// <returns>The output, its first dimension 1.</returns>
    /// <exception cref="InferenceException">The model cannot be loaded, or failed; then every request of the batch hears it.</exception>
    public async Task<FloatTensor> RunAsync(OnnxModel model, FloatTensor input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        if (input.Shape[0] != 1) throw new ArgumentException("The first dimension of a request is 1.", nameof(input));
        using var session = await _sessions.AcquireAsync(model, cancellationToken);
        if (_window == TimeSpan.Zero || _most == 1 || session.InputShape(TensorSignature.At(0))[0] >= 0)
            return Single(session, input, cancellationToken);

        var request = new Request(input, cancellationToken);
        Join(model, request);
        using var gone = cancellationToken.Register(static state => ((Request)state!).GiveUp(), request);
        return await request.Result;
    }

    private static FloatTensor Single(OnnxSession session, FloatTensor input, CancellationToken cancellationToken)
    {
        using var outputs = session.Run([(TensorSignature.At(0), input)], [TensorSignature.At(0)], cancellationToken);
        return new(outputs.Values(TensorSignature.At(0)).ToArray(), [.. outputs.Shape(TensorSignature.At(0)).Select(size => checked((int)size))]);
    }

    private void Join(OnnxModel model, Request request)
    {
        var key = new Key(model.Path, string.Join('x', request.Input.Shape));
        Batch? full = null;
        lock (_lock)
        {
            if (!_open.TryGetValue(key, out var batch))
            {
                batch = new Batch(model);
                _open.Add(key, batch);
                batch.Timer = _time.CreateTimer(_ => Close(key, batch), null, _window, Timeout.InfiniteTimeSpan);
            }

            batch.Requests.Add(request);
            if (batch.Requests.Count == _most)
            {
                _open.Remove(key);
                full = batch;
            }
        }

        if (full is not null) Start(full);
    }

    private void Close(Key key, Batch batch)
    {
        lock (_lock)
        {
            // It was filled meanwhile.
            if (!_open.TryGetValue(key, out var open) || open != batch) return;
            _open.Remove(key);
        }

        Start(batch);
    }

    private void Start(Batch batch)
    {
        batch.Timer?.Dispose();
        _ = Task.Run(() => RunAsync(batch), CancellationToken.None);
    }

    private async Task RunAsync(Batch batch)
    {
        Request[] requests = [.. batch.Requests.Where(request => !request.IsGivenUp)];
        if (requests.Length == 0) return;
        try
        {
            // The requests hold the model only as long as they wait, so that the batch holds it itself.
            using var session = await _sessions.AcquireAsync(batch.Model, CancellationToken.None);
            var cancellation = requests.Length == 1 ? requests[0].Cancellation : CancellationToken.None;
            using var outputs = session.Run([(TensorSignature.At(0), Together(requests))], [TensorSignature.At(0)], cancellation);
            Deliver(session, requests, outputs);
        }
#pragma warning disable CA1031 // Whatever goes wrong, those who wait have to hear it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            foreach (var request in requests) request.Fail(fault);
        }
    }

    private static FloatTensor Together(Request[] requests)
    {
        if (requests.Length == 1) return requests[0].Input;
        int[] shape = [requests.Length, .. requests[0].Input.Shape.Skip(1).Select(size => (int)size)];
        var together = new FloatTensor(shape);
        var size = together.Values.Length / requests.Length;
        for (var i = 0; i < requests.Length; i++) requests[i].Input.Values.CopyTo(together.Values.AsSpan(i * size));
        return together;
    }

    private static void Deliver(OnnxSession session, Request[] requests, OnnxOutputs outputs)
    {
        var shape = outputs.Shape(TensorSignature.At(0));
        if (shape.Count == 0 || shape[0] != requests.Length)
            throw session.Unexpected($"it answers {requests.Length} pictures with the shape [{string.Join(", ", shape)}]");

        var values = outputs.Values(TensorSignature.At(0));
        var size = values.Length / requests.Length;
        int[] one = [1, .. shape.Skip(1).Select(each => checked((int)each))];
        for (var i = 0; i < requests.Length; i++) requests[i].Deliver(new(values.Slice(i * size, size).ToArray(), one));
    }

    private readonly record struct Key(string Path, string Shape);

    private sealed class Batch(OnnxModel model)
    {
        public OnnxModel Model => model;

        public List<Request> Requests { get; } = [];

        public ITimer? Timer { get; set; }
    }

    private sealed class Request(FloatTensor input, CancellationToken cancellation)
    {
        private readonly TaskCompletionSource<FloatTensor> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public FloatTensor Input => input;

        public CancellationToken Cancellation => cancellation;

        public Task<FloatTensor> Result => _result.Task;

        public bool IsGivenUp => cancellation.IsCancellationRequested;

        public void Deliver(FloatTensor output) => _result.TrySetResult(output);

        public void Fail(Exception fault) => _result.TrySetException(fault);

        public void GiveUp() => _result.TrySetCanceled(cancellation);
    }
}
