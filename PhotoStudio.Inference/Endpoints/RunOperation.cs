using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Endpoints;

/// <summary><c>PUT /runs/{job}-{attempt}</c>: runs an operation and streams its progress and its result.</summary>
internal static class RunOperation
{
    /// <summary>Takes a place, reads the request, and runs it; a caller who goes away cancels it.</summary>
    public static async Task<Results<RunStream, RunProblem>> HandleAsync(
        string run,
        HttpContext http,
        IInference inference,
        RunPlaces places,
        RunRequestReader reader,
        IOptions<InferenceServiceOptions> options,
        TimeProvider time,
        ILogger<RunStream> logger)
    {
        var aborted = http.RequestAborted;
        IDisposable? place = null;
        RunStream? stream = null;
        try
        {
            // Before the body: whoever sends it with Expect: 100-continue keeps it until there is a place for it.
            place = places.Take();
            var request = await reader.ReadAsync(http.Request, run, aborted);
            stream = new(inference, request, place, options.Value.KeepAlive, time, logger, aborted);
            if (await stream.BeginsAsync() is { } fault) throw fault;

            http.Response.RegisterForDisposeAsync(stream);
            return stream;
        }
        catch (Exception fault)
        {
            // The place is free before the caller hears of it, and may come again at once.
            if (stream is not null) await stream.DisposeAsync();
            place?.Dispose();
            if (fault is InferenceException known) return new RunProblem(RunProblem.Describe(known, http));
            throw;
        }
    }
}
