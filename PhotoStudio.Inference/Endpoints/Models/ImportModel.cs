using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PhotoStudio.Core.Models;
using PhotoStudio.Core.Models.Wire;
using PhotoStudio.Inference.Models;

namespace PhotoStudio.Inference.Endpoints.Models;

/// <summary>
/// <c>POST /models/import</c>: takes the body in as a model. <c>?id=…</c> says which, where the hash cannot, and <c>?accepted_by=…</c>
/// accepts its licence.
/// </summary>
internal static class ImportModel
{
    /// <summary>Takes it in.</summary>
    public static ModelAnswer HandleAsync(
        [FromQuery(Name = ModelWire.IdField)] string? id,
        [FromQuery(Name = ModelWire.AcceptedByField)] string? acceptedBy,
        HttpRequest request,
        IModelAdministration models,
        IOptions<ModelStoreOptions> options,
        IOptions<InferenceServiceOptions> service,
        TimeProvider time)
    {
        // Pictures are smaller; the importer counts.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.Value.MaxBytes;
        return new(
            (progress, cancellationToken) => models.ImportAsync(request.Body, id, acceptedBy, progress, cancellationToken),
            service.Value.KeepAlive,
            time);
    }
}
