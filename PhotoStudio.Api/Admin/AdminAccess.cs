using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;

namespace PhotoStudio.Api.Admin;

/// <summary>What only administrators may do.</summary>
internal static class AdminAccess
{
    /// <summary>The role.</summary>
    public const string Role = "admin";

    /// <summary>Refuses every other caller with 403.</summary>
    public static RouteGroupBuilder RequireAdmin(this RouteGroupBuilder group) => group.AddEndpointFilter(async (context, next) =>
    {
        var caller = await Caller.BindAsync(context.HttpContext);
        return caller.Roles.Contains(Role, StringComparer.Ordinal)
            ? await next(context)
            : StudioProblem.Of(ProblemCode.Forbidden, "Only administrators may do this.");
    });
}
