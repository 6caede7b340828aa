using PhotoStudio.Api.Identity;
using PhotoStudio.Api.Problems;
using PhotoStudio.Core;
using PhotoStudio.Core.Accounts;
using PhotoStudio.Core.Audit;

namespace PhotoStudio.Api.Admin;

/// <summary>What only administrators may do, and the log of what they did.</summary>
internal static class AdminAccess
{
    private static readonly object DetailsKey = new();

    /// <summary>Refuses every other caller with 403, and writes down whatever changes something, or would have.</summary>
    public static RouteGroupBuilder RequireAdmin(this RouteGroupBuilder group) => group.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        var caller = await Caller.BindAsync(http);
        if (!caller.Roles.Contains(AccountRoles.Admin, StringComparer.Ordinal))
            return StudioProblem.Of(ProblemCode.Forbidden, "Only administrators may do this.");
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) return await next(context);

        object? answer;
        try
        {
            answer = await next(context);
        }
        catch (ProblemException exception)
        {
            await RecordAsync(http, caller, exception.Problem.Status);
            throw;
        }

        await RecordAsync(http, caller, StatusOf(answer));
        return answer;
    });

    /// <summary>What the log says beside the path, such as the fields that were changed; nothing secret.</summary>
    public static void Note(this HttpContext http, string details) => http.Items[DetailsKey] = details;

    // The log is a part of the action: where it cannot be written, the caller hears of it.
    private static Task RecordAsync(HttpContext http, Caller caller, int status)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var name = http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? http.Request.Method;
        var entry = new AuditEntry(
            OrderedId.New(now), now, caller.Owner.Text, name, http.Request.Path.Value ?? "/", status, http.Items[DetailsKey] as string);
        return http.RequestServices.GetRequiredService<IAuditLog>().AddAsync(entry, CancellationToken.None);
    }

    private static int StatusOf(object? answer) => answer switch
    {
        INestedHttpResult nested => StatusOf(nested.Result),
        IStatusCodeHttpResult { StatusCode: { } status } => status,
        _ => StatusCodes.Status200OK,
    };
}
