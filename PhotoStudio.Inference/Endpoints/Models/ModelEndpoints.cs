using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using PhotoStudio.Core.Models.Wire;

namespace PhotoStudio.Inference.Endpoints.Models;

/// <summary>The models over HTTP, as <see cref="ModelWire"/> describes.</summary>
internal static class ModelEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapModels(this IEndpointRouteBuilder app)
    {
        var models = app.MapGroup(ModelWire.Path);
        models.MapGet("/", ListModels.HandleAsync);
        models.MapGet("/{id}", ShowModel.HandleAsync);
        models.MapDelete("/{id}", RemoveModel.HandleAsync);
        models.MapPost("/{id}/accept", AcceptModel.HandleAsync);
        models.MapPost("/{id}/pull", PullModel.HandleAsync);
        models.MapPost("/{id}/verify", VerifyModel.HandleAsync);
        models.MapPost("/import", ImportModel.HandleAsync);
        models.MapPost("/warm", WarmModels.HandleAsync);
    }
}
