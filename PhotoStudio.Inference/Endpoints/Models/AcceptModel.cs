using Microsoft.AspNetCore.Mvc;
using PhotoStudio.Core.Models;
using PhotoStudio.Core.Models.Wire;

namespace PhotoStudio.Inference.Endpoints.Models;

/// <summary><c>POST /models/{id}/accept?accepted_by=…</c>: records that a model's licence is accepted.</summary>
internal static class AcceptModel
{
    /// <summary>Records it.</summary>
    public static ModelAnswer HandleAsync(
        string id, [FromQuery(Name = ModelWire.AcceptedByField)] string acceptedBy, IModelAdministration models) =>
        ModelAnswer.Of(cancellationToken => models.AcceptAsync(id, acceptedBy, cancellationToken));
}
