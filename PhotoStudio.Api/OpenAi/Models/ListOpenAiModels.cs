using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Admin.Models;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Api.OpenAi.Models;

/// <summary><c>GET /v1/models</c>.</summary>
internal static class ListOpenAiModels
{
    /// <summary>The installed models and the studio's own engines.</summary>
    public static async Task<Results<Ok<OpenAiModelList>, StudioProblem>> HandleAsync(OpenAiModels models, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(new OpenAiModelList("list", await models.AllAsync(cancellationToken)));
        }
        catch (ModelException fault)
        {
            return ModelProblems.Of(fault);
        }
    }
}
