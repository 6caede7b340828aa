using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Operations;

namespace PhotoStudio.Api.Operations;

/// <summary>What the studio can do.</summary>
internal static class ListOperations
{
    /// <summary>Every operation, with its parameters, inputs, cost, and the state of its engines.</summary>
    public static async Task<Ok<OperationList>> ListAsync(EngineOverview overview, CancellationToken cancellationToken)
    {
        var engines = await overview.AllAsync(cancellationToken);
        OperationResource[] operations = [.. OperationCatalog.All.Select(operation => OperationResource.From(operation, engines))];
        return TypedResults.Ok(new OperationList(operations, operations.Length));
    }

    /// <summary>One operation.</summary>
    public static async Task<Results<Ok<OperationResource>, StudioProblem>> ShowAsync(
        string name, EngineOverview overview, CancellationToken cancellationToken)
    {
        if (!OperationLookup.TryFind(name, out var operation, out var problem)) return problem;
        return TypedResults.Ok(OperationResource.From(operation, await overview.AllAsync(cancellationToken)));
    }
}
