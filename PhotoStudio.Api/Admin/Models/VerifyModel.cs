using Microsoft.Extensions.Options;
using PhotoStudio.Core.Models;

namespace PhotoStudio.Api.Admin.Models;

/// <summary><c>POST /api/v1/admin/models/{id}/verify</c>.</summary>
internal static class VerifyModel
{
    /// <summary>Reads a model's file again and compares its hash.</summary>
    public static ModelAnswer Handle(string id, IModelAdministration models, IOptions<ModelAdminOptions> options, TimeProvider time) =>
        new((progress, cancellationToken) => models.VerifyAsync(id, progress, cancellationToken), options.Value.KeepAlive, time);
}
