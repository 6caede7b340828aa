using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Api.Admin.Models;

/// <summary><c>GET /api/v1/admin/models</c>.</summary>
internal static class ListModels
{
    /// <summary>Every model of the catalogue, and what is installed.</summary>
    public static async Task<Results<Ok<ModelList>, StudioProblem>> HandleAsync(IModelAdministration models, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(await models.ListAsync(cancellationToken));
        }
        catch (ModelException fault)
        {
            return ModelProblems.Of(fault);
        }
    }
}
