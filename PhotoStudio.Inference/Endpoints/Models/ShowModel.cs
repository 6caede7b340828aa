using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Endpoints.Models;

/// <summary><c>GET /models/{id}</c>: one model.</summary>
internal static class ShowModel
{
    /// <summary>Shows it.</summary>
    public static ModelAnswer HandleAsync(string id, IModelAdministration models) => ModelAnswer.Of(async cancellationToken =>
        (await models.ListAsync(cancellationToken)).Models.FirstOrDefault(model => model.Id == id)
        ?? throw new ModelException(ModelFault.UnknownModel, $"The catalogue has no model '{id}'."));
}
