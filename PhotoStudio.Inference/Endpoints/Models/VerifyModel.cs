using Microsoft.Extensions.Options;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Inference.Endpoints.Models;

/// <summary><c>POST /models/{id}/verify</c>: reads a model's file again and compares its hash.</summary>
internal static class VerifyModel
{
    /// <summary>Verifies it.</summary>
    public static ModelAnswer HandleAsync(
        string id, IModelAdministration models, IOptions<InferenceServiceOptions> options, TimeProvider time) =>
        new((progress, cancellationToken) => models.VerifyAsync(id, progress, cancellationToken), options.Value.KeepAlive, time);
}
