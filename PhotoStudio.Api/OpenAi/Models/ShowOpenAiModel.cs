using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Admin.Models;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Api.OpenAi.Models;

/// <summary><c>GET /v1/models/{id}</c>.</summary>
internal static class ShowOpenAiModel
{
    /// <summary>An installed model, or one of the studio's own engines.</summary>
    public static async Task<Results<Ok<OpenAiModelResource>, StudioProblem>> HandleAsync(
        string id, OpenAiModels models, CancellationToken cancellationToken)
    {
        try
        {
            var found = (await models.AllAsync(cancellationToken)).FirstOrDefault(model => model.Id == id);
            return found is not null ? TypedResults.Ok(found) : StudioProblem.Of(ProblemCode.NotFound, $"The model '{id}' does not exist here.");
        }
        catch (ModelException fault)
        {
            return ModelProblems.Of(fault);
        }
    }
}
