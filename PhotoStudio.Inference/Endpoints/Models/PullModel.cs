using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Models;
using PhotoStudio.Core.Models.Wire;

namespace PhotoStudio.Inference.Endpoints.Models;

/// <summary><c>POST /models/{id}/pull</c>: fetches a model; <c>?accepted_by=…</c> accepts its licence.</summary>
internal static class PullModel
{
    /// <summary>Fetches it.</summary>
    public static ModelAnswer HandleAsync(
        string id,
        [FromQuery(Name = ModelWire.AcceptedByField)] string? acceptedBy,
        IModelAdministration models,
        IOptions<InferenceServiceOptions> options,
        TimeProvider time) =>
        new((progress, cancellationToken) => models.PullAsync(id, acceptedBy, progress, cancellationToken), options.Value.KeepAlive, time);
}
