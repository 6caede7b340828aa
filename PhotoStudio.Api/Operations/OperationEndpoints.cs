using PhotoStudio.Api.Json;
using PhotoStudio.Api.Pictures;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Operations;

/// <summary>The catalogue over HTTP: <c>/api/v1/operations</c>.</summary>
internal static class OperationEndpoints
{
    public static void AddOperations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddJsonContext(OperationJson.Default);
        builder.Services.AddScoped<EngineOverview>();
    }

    public static void MapOperationsEndpoints(this IEndpointRouteBuilder app)
    {
        var operations = app.MapGroup("/api/v1/operations").WithTags("Operations");
        operations.MapGet("/", ListOperations.ListAsync).WithName("ListOperations");
        operations.MapGet("/{name}", ListOperations.ShowAsync).WithName("ShowOperation");
        operations.MapPost("/{name}", RunOperation.RunAsync).WithName("RunOperation")
            .AcceptsPictures(Math.Max(1, OperationCatalog.All.Max(operation => operation.Inputs.Count)))
            .DisableAntiforgery();
    }
}
