using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Endpoints;

/// <summary><c>GET /models</c>: the models in memory.</summary>
internal static class ListModels
{
    /// <summary>Lists them, the most recently used first.</summary>
    public static JsonHttpResult<ModelsResource> Handle(OnnxSessions sessions, ExecutionDevice device) => TypedResults.Json(
        new ModelsResource(device.Name, device.Missing, sessions.LoadedBytes, sessions.Budget, sessions.Loaded()),
        EndpointJson.Default.ModelsResource);
}

/// <summary>The models that are loaded.</summary>
/// <param name="Device">Where models run, <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Missing">Why no model can run here at all; absent when models can run.</param>
/// <param name="LoadedBytes">What the loaded models take, in bytes.</param>
/// <param name="BudgetBytes">What they may take, in bytes.</param>
/// <param name="Models">The models.</param>
internal sealed record ModelsResource(
    string Device, string? Missing, long LoadedBytes, long BudgetBytes, IReadOnlyList<LoadedModel> Models);
