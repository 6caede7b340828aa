using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using PhotoStudio.Api.Quotas;

namespace PhotoStudio.Api.Problems;

/// <summary>
/// Writes every error answer, ours and the framework's. A problem is sent whatever the Accept header asks for: someone who
/// wanted a picture still needs to hear why there is none.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    /// <summary>Apostrophes and letters of all languages stay as they are: a problem is read by people too.</summary>
    private static readonly ProblemJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ValueTask(WriteAsync(context.HttpContext, FromDetails(context.ProblemDetails, context.HttpContext.Response.StatusCode)));
    }

    public static async Task WriteAsync(HttpContext http, StudioProblem problem)
    {
        var response = http.Response;
        if (response.HasStarted) return;

        response.StatusCode = problem.Status;
        response.ContentType = StudioProblem.ContentType;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } wait) response.Headers.RetryAfter = $"{Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))}";
        QuotaHeaders.Tell(response, problem.Quota);
        if (problem.Location is { } location) response.Headers.Location = location;

        await JsonSerializer.SerializeAsync(response.Body, ToBody(http, problem), Readable.ProblemBody, http.RequestAborted);
    }

    private static ProblemBody ToBody(HttpContext http, StudioProblem problem) => new(
        $"urn:photostudio:problem:{problem.Code}",
        problem.Title,
        problem.Status,
        problem.Detail,
        http.Request.PathBase + http.Request.Path,
        Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
        problem.Code,
        Errors: problem.Errors,
        Error: SpeaksOpenAi(http.Request.Path) ? ToOpenAi(problem) : null);

    private static bool SpeaksOpenAi(PathString path) =>
        path.StartsWithSegments("/v1/images", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/v1/models", StringComparison.OrdinalIgnoreCase);

    private static OpenAiError ToOpenAi(StudioProblem problem) => new(
        problem.Detail,
        problem.Status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            429 => "rate_limit_error",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        },
        problem.Errors?.Keys.FirstOrDefault(),
        problem.Code);

    private static StudioProblem FromDetails(ProblemDetails details, int statusCode)
    {
        var status = details.Status ?? statusCode;
        if (details is HttpValidationProblemDetails validation)
        {
            var errors = validation.Errors.ToDictionary(entry => WireName(entry.Key), entry => entry.Value, StringComparer.Ordinal);
            return StudioProblem.Validation(errors);
        }

        var code = ProblemCodes.ForStatus(status);
        return StudioProblem.Of(code, details.Detail ?? code.Title()) with { Status = status };
    }

    /// <summary>The path of a member (<c>Steps[0].Name</c>) by the names used on the wire.</summary>
    private static string WireName(string member) =>
        string.Join('.', member.Split('.').Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));
}
