using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Endpoints.Models;

/// <summary><c>DELETE /models/{id}</c>: deletes a model's file.</summary>
internal static class RemoveModel
{
    /// <summary>Deletes it.</summary>
    public static ModelAnswer HandleAsync(string id, IModelAdministration models) =>
        ModelAnswer.Of(cancellationToken => models.RemoveAsync(id, cancellationToken));
}
