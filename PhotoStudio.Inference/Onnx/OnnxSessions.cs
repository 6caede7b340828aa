using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using PhotoStudio.Core.Inference;
using PhotoStudio.Inference.Telemetry;

namespace PhotoStudio.Inference.Onnx;

/// <summary>
/// The loaded models: one session a file, shared by every run that uses it, loaded when it is first asked for and unloaded, least
/// recently used first, when another one needs the memory of <c>Studio:Inference:Models:MemoryBytes</c>. A model in use stays.
/// The size of a model's file stands for what its session holds between runs.
/// </summary>
public sealed class OnnxSessions : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ExecutionDevice _device;
    private readonly TimeProvider _time;
    private readonly ILogger<OnnxSessions> _logger;
    private readonly int _cores;
    private readonly bool _allowFallback;
    private long _loadedBytes;
    private long _uses;
    private bool _disposed;

    /// <summary>Makes an empty store with the budget that the options give.</summary>
    public OnnxSessions(
        ExecutionDevice device, IOptions<InferenceOptions> options, IMeterFactory meters, TimeProvider time, ILogger<OnnxSessions> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(meters);
        (_device, _time, _logger) = (device, time, logger);
        _cores = options.Value.CoresPerRun;
        _allowFallback = options.Value.Models.AllowCpuFallback;
        Budget = options.Value.Models.EffectiveMemoryBytes;
        meters.Create(InferenceTelemetry.Name).CreateObservableGauge(
            "studio.model.loaded_bytes", () => LoadedBytes, "By", "Sizes of the models that are in memory.");
    }

    /// <summary>The bytes that loaded models may take.</summary>
    public long Budget { get; }

    /// <summary>The bytes that loaded models take, those included that are being loaded.</summary>
    public long LoadedBytes => Interlocked.Read(ref _loadedBytes);

    /// <summary>The session of a model, loaded if it is not yet; dispose it when the run is over.</summary>
    /// <param name="model">The file and what is expected of it.</param>
    /// <param name="cancellationToken">Ends the wait; a load that others may wait for goes on.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceFault.Unavailable"/>: the file is missing, damaged, of another model, or larger than the whole budget, or
    /// ONNX Runtime itself is missing. <see cref="InferenceFault.Busy"/>: models in use take the memory.
    /// </exception>
    public async ValueTask<OnnxSession> AcquireAsync(OnnxModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        cancellationToken.ThrowIfCancellationRequested();
        if (_device.Missing is { } missing) throw new InferenceException(InferenceFault.Unavailable, "runtime_missing", $"{missing}.");

        var entry = Take(model);
        try
        {
            return Checked(model, entry, await entry.Loading.WaitAsync(cancellationToken));
        }
        catch
        {
            Release(entry);
            throw;
        }
    }

    /// <summary>The same on the calling thread, for work that has no thread to give back.</summary>
    /// <inheritdoc cref="AcquireAsync"/>
    public OnnxSession Acquire(OnnxModel model, CancellationToken cancellationToken)
    {
        var acquiring = AcquireAsync(model, cancellationToken);
        return acquiring.IsCompleted ? acquiring.Result : acquiring.AsTask().GetAwaiter().GetResult();
    }

    private OnnxSession Checked(OnnxModel model, Entry entry, LoadedSession loaded)
    {
        model.Check(loaded.Session);
        return new(loaded, model.FileName, _device.Name, () => Release(entry));
    }

    /// <summary>The models that are in memory or being loaded, the most recently used first.</summary>
    public IReadOnlyList<LoadedModel> Loaded()
    {
        lock (_lock)
        {
            return [.. _entries.Values.OrderByDescending(entry => entry.LastUse)
                .Select(entry => new LoadedModel(Path.GetFileName(entry.Path), entry.Bytes, entry.Loading.IsCompleted, entry.Uses))];
        }
    }

    /// <summary>Unloads every model; those in use when their runs end.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var entry in _entries.Values.ToArray()) Retire(entry);
        }
    }

    // The entry of the file as it is now, with one use more.
    private Entry Take(OnnxModel model)
    {
        var file = new FileInfo(Path.GetFullPath(model.Path));
        if (!file.Exists)
        {
            throw new InferenceException(
                InferenceFault.Unavailable, "model_missing", $"The model file {model.FileName} is not there. Fetch the model first.");
        }

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_entries.TryGetValue(file.FullName, out var entry) && !entry.Is(file))
            {
                // Another file has taken its place.
                Retire(entry);
                entry = null;
            }

            if (entry is null)
            {
                MakeRoom(file);
                var loading = entry = new Entry(file);
                entry.Loading = Task.Run(() => Load(loading), CancellationToken.None);
                _ = entry.Loading.ContinueWith(_ => Loaded(loading), TaskScheduler.Default);
                _entries.Add(file.FullName, entry);
                Interlocked.Add(ref _loadedBytes, entry.Bytes);
            }

            entry.Uses++;
            entry.LastUse = ++_uses;
            return entry;
        }
    }

    private void MakeRoom(FileInfo file)
    {
        if (file.Length > Budget)
        {
            throw new InferenceException(
                InferenceFault.Unavailable,
                "model_too_large",
                $"The model file {file.Name} has {file.Length:N0} bytes and models may take {Budget:N0}. "
                + $"Raise {InferenceOptions.Section}:Models:MemoryBytes.");
        }

        foreach (var idle in _entries.Values.Where(entry => entry.IsIdle).OrderBy(entry => entry.LastUse).ToArray())
        {
            if (LoadedBytes + file.Length <= Budget) return;
            Retire(idle);
        }

        if (LoadedBytes + file.Length <= Budget) return;
        throw new InferenceException(InferenceFault.Busy, "inference_busy", "The memory for models is taken by runs; try again shortly.")
        {
            RetryAfter = TimeSpan.FromSeconds(10),
        };
    }

    private LoadedSession Load(Entry entry)
    {
        try
        {
            var started = _time.GetTimestamp();
            using var options = new SessionOptions
            {
                IntraOpNumThreads = _cores,
                InterOpNumThreads = 1,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,

                // Whatever goes wrong comes as an exception and is logged here.
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,

                // An arena would keep the most that any run ever took; so a run's memory is free again when it ends.
                EnableCpuMemArena = false,
            };

            // Several models share the cores, so waiting threads sleep.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            _device.AddTo(options);
            if (_device.Provider is not null && !_allowFallback) options.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
            var watch = _device.Provider is { } provider ? ProviderWatch.Begin(options, provider) : null;
            var session = Open(entry, options, watch);
            _logger.ModelLoaded(entry.Path, entry.Bytes, _time.GetElapsedTime(started).TotalMilliseconds);
            return new(session, _device.Queue, watch is null ? null : ran => Tell(entry, watch.End(ran)));
        }
        catch (OnnxRuntimeException fault) when (!_allowFallback && fault.Message.Contains("fallback", StringComparison.OrdinalIgnoreCase))
        {
            _logger.ModelBroken(fault, entry.Path);
            throw new InferenceException(
                InferenceFault.Unavailable,
                "model_not_on_device",
                $"The model {Path.GetFileName(entry.Path)} has operators that {_device.Name} cannot run, and {InferenceOptions.Section}:Models:"
                + $"{nameof(ModelOptions.AllowCpuFallback)} forbids running them on the processor.",
                fault);
        }
        catch (Exception fault) when (fault is OnnxRuntimeException or IOException or UnauthorizedAccessException)
        {
            _logger.ModelBroken(fault, entry.Path);
            throw new InferenceException(
                InferenceFault.Unavailable,
                "model_unreadable",
                $"The model file {Path.GetFileName(entry.Path)} is damaged or not an ONNX model. Delete it and fetch the model again.",
                fault);
        }
    }

    private static InferenceSession Open(Entry entry, SessionOptions options, ProviderWatch? watch)
    {
        try
        {
            return new(entry.Path, options);
        }
        catch
        {
            watch?.Abandon();
            throw;
        }
    }

    private void Tell(Entry entry, IReadOnlyList<StrayOperator> strays)
    {
        if (strays.Count == 0) _logger.AllOnDevice(entry.Path, _device.Name);
        else _logger.NotOnDevice(entry.Path, string.Join(", ", strays), _device.Name);
    }

    private void Loaded(Entry entry)
    {
        lock (_lock)
        {
            RetireFailed(entry);
            Unload(entry);
        }
    }

    private void Release(Entry entry)
    {
        lock (_lock)
        {
            entry.Uses--;
            RetireFailed(entry);
            Unload(entry);
        }
    }

    // The next one who asks tries anew.
    private void RetireFailed(Entry entry)
    {
        if (entry.Loading.IsFaulted) Retire(entry);
    }

    // No run finds it any more.
    private void Retire(Entry entry)
    {
        if (!entry.Retired) _entries.Remove(entry.Path);
        entry.Retired = true;
        Unload(entry);
    }

    // Frees what is retired and no longer used, once. With the lock held, so that models are never in memory beyond the budget.
    private void Unload(Entry entry)
    {
        if (!entry.Retired || !entry.IsIdle || entry.Unloaded) return;
        entry.Unloaded = true;
        if (entry.Loading.IsCompletedSuccessfully)
        {
            entry.Loading.Result.Dispose();
            _logger.ModelUnloaded(entry.Path, entry.Bytes);
        }

        Interlocked.Add(ref _loadedBytes, -entry.Bytes);
    }

    private sealed class Entry(FileInfo file)
    {
        public string Path { get; } = file.FullName;

        public long Bytes { get; } = file.Length;

        public DateTime Written { get; } = file.LastWriteTimeUtc;

        public Task<LoadedSession> Loading { get; set; } = null!;

        public int Uses { get; set; }

        public long LastUse { get; set; }

        public bool Retired { get; set; }

        public bool Unloaded { get; set; }

        public bool IsIdle => Uses == 0 && Loading.IsCompleted;

        public bool Is(FileInfo file) => Bytes == file.Length && Written == file.LastWriteTimeUtc;
    }
}

/// <summary>A model that is in memory.</summary>
/// <param name="File">Its file's name.</param>
/// <param name="Bytes">The size of the file.</param>
/// <param name="Ready">False while it is being loaded.</param>
/// <param name="Uses">The runs that use it.</param>
public sealed record LoadedModel(string File, long Bytes, bool Ready, int Uses);
