using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Api.Admin.Models;

/// <summary><c>GET /api/v1/admin/models/{id}</c>.</summary>
internal static class ShowModel
{
    /// <summary>One model.</summary>
    public static async Task<Results<Ok<ModelReport>, StudioProblem>> HandleAsync(
        string id, IModelAdministration models, CancellationToken cancellationToken)
    {
        try
        {
            var list = await models.ListAsync(cancellationToken);
            return list.Models.FirstOrDefault(model => model.Id == id) is { } found ? TypedResults.Ok(found) : ModelProblems.Unknown(id);
        }
        catch (ModelException fault)
        {
            return ModelProblems.Of(fault);
        }
    }
}
