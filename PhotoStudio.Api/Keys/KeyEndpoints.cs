using PhotoStudio.Api.Auth;
using PhotoStudio.Api.Documentation;
using PhotoStudio.Api.Json;

namespace PhotoStudio.Api.Keys;

/// <summary>Keys that programs sign in with: <c>/api/v1/keys</c>.</summary>
internal static class KeyEndpoints
{
    public static void AddKeys(this IHostApplicationBuilder builder) => builder.Services.AddJsonContext(KeyJson.Default);

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/v1/keys").WithTags("Keys");
        keys.MapPost("/", CreateKey.HandleAsync)
            .TakesFields<CreateKeyRequest>()
            .WithName("CreateKey")
            .WithSummary("Makes an API key, or with the scope `act_as` a service key")
            .WithDescription("The secret is in this answer and never again. A service key names any `user_id` and acts inside a namespace of its own.");
        keys.MapGet("/", ListKeys.HandleAsync).WithName("ListKeys").WithSummary("The account's keys, newest first").WithPaging();
        keys.MapGet("/{id:guid}", ShowKey.HandleAsync).WithName("ShowKey").WithSummary("A key, without its secret");
        keys.MapDelete("/{id:guid}", RevokeKey.HandleAsync)
            .WithName("RevokeKey")
            .WithSummary("Revokes a key")
            .WithDescription("It ends at once. Revoking it again is fine.");
    }
}
