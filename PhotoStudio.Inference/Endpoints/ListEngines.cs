using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Inference.Wire;

namespace PhotoStudio.Inference.Endpoints;

/// <summary><c>GET /engines</c>: every engine and whether it is ready.</summary>
internal static class ListEngines
{
    /// <summary>Lists them.</summary>
    public static async Task<JsonHttpResult<WireEngines>> Handle(IInference inference, CancellationToken cancellationToken) =>
        TypedResults.Json(new WireEngines(await inference.EnginesAsync(cancellationToken)), WireJson.Default.WireEngines);
}
