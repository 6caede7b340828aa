using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Inference.Onnx;
using PhotoStudio.Inference.Running;

namespace PhotoStudio.Inference.Endpoints.Models;

/// <summary><c>POST /models/warm</c>: loads the installed models and runs each once, so that the next to use them does not wait.</summary>
internal static class WarmModels
{
    /// <summary>Loads them, as far as the memory for models goes.</summary>
    public static async Task<JsonHttpResult<WarmedModels>> HandleAsync(
        SessionWarmUp warmUp, ExecutionDevice device, CancellationToken cancellationToken)
    {
        var (warm, cold) = device.Missing is null ? await warmUp.WarmUpAsync(cancellationToken) : ([], []);
        return TypedResults.Json(new WarmedModels(warm, cold, device.Missing), EndpointJson.Default.WarmedModels);
    }
}

/// <summary>What a warm-up came to.</summary>
/// <param name="Warm">Ids of the models that are in memory and have run.</param>
/// <param name="Cold">Ids of those that could not run, or for which there was no memory; the log says why.</param>
/// <param name="Missing">Why no model can run here at all; absent when models can run.</param>
internal sealed record WarmedModels(IReadOnlyList<string> Warm, IReadOnlyList<string> Cold, string? Missing);
