using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Api.Admin.Models;

/// <summary><c>POST /api/v1/admin/models/{id}/accept</c>.</summary>
internal static class AcceptModel
{
    /// <summary>Records that the caller accepts a model's licence.</summary>
    public static async Task<Results<Ok<ModelReport>, StudioProblem>> HandleAsync(
        string id, Caller caller, IModelAdministration models, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(await models.AcceptAsync(id, caller.Owner.Text, cancellationToken));
        }
        catch (ModelException fault)
        {
            return ModelProblems.Of(fault);
        }
    }
}
