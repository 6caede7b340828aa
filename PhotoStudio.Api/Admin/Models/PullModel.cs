using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Identity;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Api.Admin.Models;

/// <summary><c>POST /api/v1/admin/models/{id}/pull</c>.</summary>
internal static class PullModel
{
    /// <summary>Fetches a model; <c>accept_license=true</c> accepts its licence in the caller's name.</summary>
    public static ModelAnswer Handle(
        string id,
        [FromQuery(Name = ModelAnswer.AcceptField)] bool? accepts,
        Caller caller,
        IModelAdministration models,
        IOptions<ModelAdminOptions> options,
        TimeProvider time)
    {
        var acceptedBy = accepts == true ? caller.Owner.Text : null;
        return new((progress, cancellationToken) => models.PullAsync(id, acceptedBy, progress, cancellationToken), options.Value.KeepAlive, time);
    }
}
