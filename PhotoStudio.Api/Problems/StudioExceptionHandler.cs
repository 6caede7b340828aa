using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using PhotoStudio.Core;
using PhotoStudio.Core.Inference;
using PhotoStudio.Imaging.Codecs;

namespace PhotoStudio.Api.Problems;

/// <summary>Turns exceptions into problems. What is not foreseen becomes a 500 that says nothing of the inside.</summary>
internal sealed partial class StudioExceptionHandler(ILogger<StudioExceptionHandler> logger) : IExceptionHandler
{
    private static readonly TimeSpan StoragePause = TimeSpan.FromSeconds(10);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = ToProblem(httpContext, exception);
        var request = httpContext.Request;
        if (problem.Status == StatusCodes.Status500InternalServerError) LogFailure(logger, exception, request.Method, request.Path);
        else if (exception is StorageException) LogStorage(logger, problem.Code, request.Path, Reason(exception));
        else if (problem.Status > StatusCodes.Status500InternalServerError) LogUnavailable(logger, exception, problem.Code, request.Path);

        await ProblemWriter.WriteAsync(httpContext, problem);
        return true;
    }

    private static StudioProblem ToProblem(HttpContext http, Exception exception) => exception switch
    {
        ProblemException known => known.Problem,
        StorageException storage => StudioProblem.Of(ProblemCode.StorageUnavailable, storage.Message) with { RetryAfter = StoragePause },
        InferenceException inference => FailureProblems.From(inference),
        PictureTooLargeException tooLarge => StudioProblem.Of(ProblemCode.PictureTooLarge, tooLarge.Message),
        PictureFormatException format => StudioProblem.Of(ProblemCode.UndecodablePicture, format.Message),
        BadHttpRequestException { InnerException: JsonException json } => Malformed(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(http),
        BadHttpRequestException bad => StudioProblem.Of(ProblemCodes.ForStatus(bad.StatusCode), bad.Message),
        JsonException json => Malformed(json),
        _ => StudioProblem.Of(ProblemCode.InternalError, "Something went wrong on our side. The trace_id finds it in the logs."),
    };

    /// <summary>What an operator can mend, and what the storage itself said, in one line: its trace leads nowhere.</summary>
    private static string Reason(Exception exception)
    {
        var cause = exception.GetBaseException();
        var reason = ReferenceEquals(cause, exception) ? exception.Message : $"{exception.Message} ({cause.Message})";
        return reason.ReplaceLineEndings(" ");
    }

    private static StudioProblem TooLarge(HttpContext http)
    {
        var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
        var detail = limit is { } bytes ? $"The body may have at most {bytes:N0} bytes." : "The body has too many bytes.";
        return StudioProblem.Of(ProblemCode.TooLarge, detail);
    }

    private static StudioProblem Malformed(JsonException exception)
    {
        var field = exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        var place = exception.LineNumber is { } line ? $" (line {line + 1}, byte {exception.BytePositionInLine + 1})" : "";
        return field is null
            ? StudioProblem.Of(ProblemCode.MalformedBody, $"The body is not valid JSON{place}.")
            : StudioProblem.Invalid(field, $"has a value of the wrong type or form{place}.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailure(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code} at {Path}: {Reason}")]
    private static partial void LogStorage(ILogger logger, string code, string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Code} at {Path}")]
    private static partial void LogUnavailable(ILogger logger, Exception exception, string code, string path);
}
