using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Core.Models;
using PhotoStudio.Inference.Onnx;

namespace PhotoStudio.Inference.Endpoints.Models;

/// <summary><c>GET /models</c>: the models of the catalogue, what is installed, and what is in memory.</summary>
internal static class ListModels
{
    /// <summary>Lists them.</summary>
    public static async Task<JsonHttpResult<ModelsResource>> HandleAsync(
        IModelAdministration models, OnnxSessions sessions, ExecutionDevice device, CancellationToken cancellationToken)
    {
        var list = await models.ListAsync(cancellationToken);
        return TypedResults.Json(
            new ModelsResource(
                device.Name, device.Missing, sessions.LoadedBytes, sessions.Budget, sessions.Loaded(), list.Models, list.Folders, list.Unknown),
            EndpointJson.Default.ModelsResource);
    }
}

/// <summary>The models.</summary>
/// <param name="Device">Where models run, <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Missing">Why no model can run here at all; absent when models can run.</param>
/// <param name="LoadedBytes">What the models in memory take, in bytes.</param>
/// <param name="BudgetBytes">What they may take, in bytes.</param>
/// <param name="Loaded">The models in memory, the most recently used first.</param>
/// <param name="Models">Every model of the catalogue.</param>
/// <param name="Folders">Where they are looked for.</param>
/// <param name="Unknown">Files in the folders that are no model of the catalogue.</param>
internal sealed record ModelsResource(
    string Device,
    string? Missing,
    long LoadedBytes,
    long BudgetBytes,
    IReadOnlyList<LoadedModel> Loaded,
    IReadOnlyList<ModelReport> Models,
    IReadOnlyList<string> Folders,
    IReadOnlyList<UnknownModelFile> Unknown);
