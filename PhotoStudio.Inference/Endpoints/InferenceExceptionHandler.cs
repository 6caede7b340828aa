using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PhotoStudio.Core.Inference;

namespace PhotoStudio.Inference.Endpoints;

/// <summary>Turns exceptions into problems. What is not foreseen is logged and says nothing of the inside.</summary>
internal sealed partial class InferenceExceptionHandler(ILogger<InferenceExceptionHandler> logger) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        if (exception is not InferenceException) LogFailed(logger, exception, httpContext.Request.Method, httpContext.Request.Path);
        var failure = exception is InferenceException fault ? RunProblem.Describe(fault, httpContext) : RunProblem.Unexpected(httpContext);
        await new RunProblem(failure).ExecuteAsync(httpContext);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger logger, Exception exception, string method, string path);
}
