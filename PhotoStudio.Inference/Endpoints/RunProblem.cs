using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using PhotoStudio.Core.Inference;
using PhotoStudio.Core.Inference.Wire;

namespace PhotoStudio.Inference.Endpoints;

/// <summary>A request that is refused, or a run that failed before its stream began, as a problem of RFC 9457.</summary>
internal sealed class RunProblem(WireFailure failure) : IResult
{
    /// <summary>The code of a request that is not what the endpoint reads.</summary>
    public const string Malformed = "malformed_request";

    /// <summary>The code of a request with too many bytes or pictures.</summary>
    public const string TooLarge = "request_too_large";

    /// <summary>The code of a request that is no multipart form.</summary>
    public const string NoForm = "unsupported_media_type";

    /// <summary>The failure that an exception stands for.</summary>
    public static WireFailure Describe(InferenceException fault, HttpContext http)
    {
        var status = Status(fault);
        return new(status, Title(fault.Fault), fault.Message, fault.Code, fault.Fault)
        {
            Retryable = fault.Fault is InferenceFault.Busy or InferenceFault.Broken,
            RetryAfter = fault.RetryAfter?.TotalSeconds,
            TraceId = TraceId(http),
        };
    }

    /// <summary>The failure that an exception stands for which is no answer of inference: a fault of the program.</summary>
    public static WireFailure Unexpected(HttpContext http) =>
        Describe(new(InferenceFault.Broken, "inference_failed", "Inference failed. The trace_id finds it in its log."), http);

    /// <summary>The problem that a bare status stands for, such as a path that does not exist.</summary>
    public static RunProblem ForStatus(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var title = ReasonPhrases.GetReasonPhrase(status);
        var detail = $"{http.Request.Method} {http.Request.Path} is not answered here: {title}.";
        var code = JsonNamingPolicy.SnakeCaseLower.ConvertName(title.Replace(" ", "", StringComparison.Ordinal));
        return new(new(status, title, detail, code, InferenceFault.InvalidInput) { TraceId = TraceId(http) });
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = failure.Status;
        response.ContentType = InferenceWire.ProblemType;
        response.Headers.CacheControl = "no-store";
        if (failure.RetryAfter is { } seconds)
            response.Headers.RetryAfter = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture);
        await JsonSerializer.SerializeAsync(response.Body, failure, WireJson.Default.WireFailure, httpContext.RequestAborted);
    }

    private static int Status(InferenceException fault) => fault.Fault switch
    {
        InferenceFault.InvalidInput => fault.Code switch
        {
            Malformed => StatusCodes.Status400BadRequest,
            TooLarge => StatusCodes.Status413PayloadTooLarge,
            NoForm => StatusCodes.Status415UnsupportedMediaType,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        InferenceFault.Unavailable => StatusCodes.Status503ServiceUnavailable,
        InferenceFault.Busy => StatusCodes.Status429TooManyRequests,
        InferenceFault.Broken => StatusCodes.Status500InternalServerError,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Fault, null),
    };

    private static string Title(InferenceFault fault) => fault switch
    {
        InferenceFault.InvalidInput => "The request cannot be done.",
        InferenceFault.Unavailable => "No engine is ready for this operation.",
        InferenceFault.Busy => "Inference is busy.",
        InferenceFault.Broken => "Inference failed.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static string TraceId(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
}
