namespace PhotoStudio.Api.Processing.Events;

/// <summary>An open stream of server-sent events.</summary>
public sealed class EventStreamResult(Func<HttpResponse, Task> write) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        return write(httpContext.Response);
    }
}
