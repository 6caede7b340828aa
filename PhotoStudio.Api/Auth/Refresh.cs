using Microsoft.AspNetCore.Http.HttpResults;
using PhotoStudio.Api.Bodies;
using PhotoStudio.Api.Lists;
using PhotoStudio.Api.Problems;

namespace PhotoStudio.Api.Auth;

internal static class Refresh
{
    private const int MaxTokenLength = 8192;

    public static async Task<Results<Ok<Envelope<RefreshedResource>>, StudioProblem>> HandleAsync(HttpContext http, SignIn signIn)
    {
        var fields = await BodyFields.ReadAsync(http);
        var token = fields.RequiredSecret(MaxTokenLength, "refresh_token", "refresh");
        if (!fields.Faults.IsEmpty) return StudioProblem.Validation(fields.Faults);

        return await signIn.RefreshAsync(token!, http.RequestAborted) is { } refreshed
            ? TypedResults.Ok(new Envelope<RefreshedResource>(refreshed, "Here are your next tokens."))
            : StudioProblem.Of(ProblemCode.Unauthorized, "The refresh token is not valid, or no longer. Sign in again.");
    }
}
