using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Api.Admin.Models;

/// <summary><c>DELETE /api/v1/admin/models/{id}</c>.</summary>
internal static class RemoveModel
{
    /// <summary>Deletes a model's file.</summary>
    public static async Task<Results<Ok<ModelReport>, StudioProblem>> HandleAsync(
        string id, IModelAdministration models, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(await models.RemoveAsync(id, cancellationToken));
        }
        catch (ModelException fault)
        {
            return ModelProblems.Of(fault);
        }
    }
}
