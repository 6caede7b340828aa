using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Operations;
using PhotoStudio.Imaging;
using PhotoStudio.Imaging.Codecs;
using PhotoStudio.Inference.Engines;
using PhotoStudio.Inference.Telemetry;

namespace PhotoStudio.Inference.Running;

/// <summary>
/// Runs operations in this process. What is wrong with a request is said before it waits for anything; then it waits for a
/// slot and for memory, runs its engine on a thread of the pool, and writes the result's files. A cancelled call ends when the
/// work has stopped, or soon in any case; slots and memory are given to the next run only when it has (<see cref="RunHold"/>).
/// </summary>
public sealed class InferenceRunner(
    EngineSelector engines,
    IPictureCodec codec,
    RunSlots slots,
    MemoryAdmission memory,
    InferenceHealth health,
    InferenceTelemetry telemetry,
    IOptions<InferenceOptions> options,
    TimeProvider time,
    ILogger<InferenceRunner> logger) : IInference
{
    private readonly PictureLimits _limits = options.Value.Limits;
    private readonly int _cores = options.Value.CoresPerRun;

    /// <inheritdoc/>
    public Task<IReadOnlyList<EngineStatus>> EnginesAsync(CancellationToken cancellationToken) => Task.FromResult(engines.Statuses());

    /// <inheritdoc/>
    public async Task<InferenceResult> RunAsync(
        InferenceRequest request, IProgress<InferenceProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var activity = InferenceTelemetry.Source.StartActivity("inference.run");
        activity?.SetTag("studio.run", request.RunId).SetTag("studio.operation", request.Operation);
        var relay = new ProgressRelay(progress, fault => logger.ListenerFailed(fault, request.RunId));
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var parameters = RequestReader.Parameters(request);
            var inputs = RequestReader.Inputs(request, parameters, codec, _limits);
            var engine = engines.Select(parameters);
            activity?.SetTag("studio.engine", engine.Name).SetTag("studio.tier", engine.Tier.ToString());

            var run = new EngineRun(parameters, inputs, codec, relay, _cores);
            return await AdmitAsync(request.RunId, engine, run, relay, cancellationToken);
        }
        catch (Exception fault)
        {
            activity?.SetStatus(ActivityStatusCode.Error, (fault as InferenceException)?.Code ?? fault.GetType().Name);
            throw;
        }
        finally
        {
            relay.Close();
        }
    }

    private async Task<InferenceResult> AdmitAsync(
        string runId, IEngine engine, EngineRun run, ProgressRelay relay, CancellationToken cancellationToken)
    {
        using var hold = new RunHold(await slots.TakeAsync(cancellationToken), slots, time);
        using var watch = new CancellationWatch(time, cancellationToken);
        try
        {
            hold.Keep(await memory.TakeAsync(RunMemory.For(engine, run), cancellationToken));
            var result = await hold.RunAsync(WatchedAsync, cancellationToken);
            health.Delivered();
            return result;
        }
        catch (Exception fault)
        {
            var explained = Explain(fault, runId, engine, cancellationToken);
            if (ReferenceEquals(explained, fault)) throw;
            throw explained;
        }

        async Task<InferenceResult> WatchedAsync()
        {
            try
            {
                return await WorkAsync(runId, engine, run, relay, cancellationToken);
            }
            finally
            {
                if (watch.Overdue is { } late) logger.SlowToStop(runId, engine.Name, late.TotalMilliseconds);
            }
        }
    }

    private async Task<InferenceResult> WorkAsync(
        string runId, IEngine engine, EngineRun run, ProgressRelay relay, CancellationToken cancellationToken)
    {
        var (output, elapsed) = await RunEngineAsync(engine, run, cancellationToken);
        logger.Ran(runId, engine.Operation, engine.Name, elapsed.TotalMilliseconds);
        var delivers = run.Parameters.Operation.Output;
        if (delivers == OperationOutput.Data ? output.Data is null : output.Pictures.Count == 0 && output.Animation is null)
            throw new InvalidOperationException($"The engine delivered nothing; {engine.Operation} delivers {delivers}.");

        relay.Encoding();
        output = ResultFinisher.Finish(engine, run, output, cancellationToken);
        var main = run.Parameters.Operation.Inputs.Select(slot => run.FindInput(slot.Name)).FirstOrDefault(input => input is not null);
        var marks = run.Inputs.Select(picture => DigitalSources.FromUri(picture.Header.DigitalSourceType)).ToList();
        var parts = output.Parts ?? [new(run.Parameters.Operation.Source, engine.Tier)];
        var mark = parts.Max(part => Provenance.Of(part.Source, part.Tier, marks));
        var encoder = new OutputEncoder(run.Parameters, main, mark, codec);
        var files = new List<InferenceOutput>(output.Pictures.Count);
        if (output.Animation is { } animation) files.Add(encoder.Encode(animation, cancellationToken));
        foreach (var picture in output.Pictures) files.Add(encoder.Encode(Animation.Still(picture), cancellationToken));

        relay.Done();
        var report = new EngineReport(engine.Name, engine.Tier, engine.Version, engine.Device, elapsed.TotalMilliseconds)
        {
            Model = output.Model,
            Seed = output.Seed,
            Confidence = output.Confidence,
            Notes = output.Notes,
        };
        return new(files, report, output.Data);
    }

    private async Task<(EngineOutput Output, TimeSpan Elapsed)> RunEngineAsync(
        IEngine engine, EngineRun run, CancellationToken cancellationToken)
    {
        using var activity = InferenceTelemetry.Source.StartActivity("inference.engine");
        activity?.SetTag("studio.engine", engine.Name);
        var began = time.GetTimestamp();
        string? errorType = null;
        try
        {
            var output = await engine.RunAsync(run, cancellationToken);
            return (output, time.GetElapsedTime(began));
        }
        catch (Exception fault)
        {
            errorType = (fault as InferenceException)?.Code ?? fault.GetType().Name;
            activity?.SetStatus(ActivityStatusCode.Error, errorType);
            throw;
        }
        finally
        {
            telemetry.EngineRan(engine, time.GetElapsedTime(began), errorType);
        }
    }

    /// <summary>What the caller is told. Only what nobody could foresee is logged and counts against the machine's health.</summary>
    private Exception Explain(Exception fault, string runId, IEngine engine, CancellationToken cancellationToken)
    {
        // Work that is cut off in the middle may fail in any way.
        if (cancellationToken.IsCancellationRequested)
            return fault as OperationCanceledException ?? new OperationCanceledException(cancellationToken);

        var cause = fault is AggregateException many ? many.Flatten().InnerExceptions[0] : fault;
        var known = cause as InferenceException ?? RequestReader.Complaint(cause);
        if (known is { Fault: not InferenceFault.Broken }) return known;

        health.Broke();
        logger.EngineBroke(fault, runId, engine.Operation, engine.Name);
        return known ?? new InferenceException(
            InferenceFault.Broken, "engine_broken", $"The engine {engine.Name} broke while running {engine.Operation}.", fault);
    }
}
