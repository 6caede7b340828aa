using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Api.Admin.Models;

/// <summary><c>POST /api/v1/admin/models/import</c>.</summary>
internal static class ImportModel
{
    /// <summary>
    /// Takes the body in as a model: its hash says which, or <c>id</c> where the catalogue has no hash; <c>accept_license=true</c> accepts
    /// its licence in the caller's name. Progress is streamed to who accepts <c>text/event-stream</c>, and begins before the upload has ended.
    /// </summary>
    public static ModelAnswer Handle(
        string? id,
        [FromQuery(Name = ModelAnswer.AcceptField)] bool? accepts,
        Caller caller,
        HttpRequest request,
        IModelAdministration models,
        IOptions<ModelAdminOptions> options,
        TimeProvider time)
    {
        // Pictures are smaller.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.Value.MaxImportBytes;
        var acceptedBy = accepts == true ? caller.Owner.Text : null;
        return new(
            (progress, cancellationToken) => models.ImportAsync(request.Body, id, acceptedBy, progress, cancellationToken),
            options.Value.KeepAlive,
            time);
    }
}
