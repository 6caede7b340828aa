using Microsoft.AspNetCore.Mvc;
using PhotoStudio.Api.Json;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Models;
using PhotoStudio.Core.Models.Wire;

namespace PhotoStudio.Api.Admin.Models;

/// <summary>The models for administrators: <c>/api/v1/admin/models</c>.</summary>
internal static class ModelAdminEndpoints
{
    public static void AddModelAdministration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ModelAdminOptions>()
            .BindConfiguration(ModelAdminOptions.Section)
            .Validate(
                options => options.MaxImportBytes > 0 && options.KeepAlive >= TimeSpan.FromMilliseconds(10),
                $"{ModelAdminOptions.Section}: MaxImportBytes must be at least 1, and KeepAlive at least 00:00:00.010.")
            .ValidateOnStart();
        builder.Services.AddJsonContext(ModelWireJson.Default);
    }

    public static void MapModelAdministration(this IEndpointRouteBuilder app)
    {
        var models = app.MapGroup("/api/v1/admin/models").WithTags("Admin").RequireAdmin();
        models.MapGet("/", ListModels.HandleAsync).WithName("ListModels");
        models.MapGet("/{id}", ShowModel.HandleAsync).WithName("ShowModel");
        models.MapDelete("/{id}", RemoveModel.HandleAsync).WithName("RemoveModel");
        models.MapPost("/{id}/accept", AcceptModel.HandleAsync).WithName("AcceptModelLicence");
        Takes(models.MapPost("/{id}/pull", PullModel.Handle)).WithName("PullModel");
        Takes(models.MapPost("/{id}/verify", VerifyModel.Handle)).WithName("VerifyModel");
        Takes(models.MapPost("/import", ImportModel.Handle)).WithName("ImportModel")
            .Accepts<FileContentResult>("application/octet-stream")
            .DisableAntiforgery();
    }

    private static RouteHandlerBuilder Takes(RouteHandlerBuilder endpoint) =>
        endpoint.Produces<ModelReport>(StatusCodes.Status200OK, "application/json", ModelWire.StreamType)
            .Produces(StatusCodes.Status409Conflict, contentType: StudioProblem.ContentType);
}
