using System.Net.ServerSentEvents;
using PhotoStudio.Core.Models;
using PhotoStudio.Core.Models.Wire;

namespace PhotoStudio.Api.Admin.Models;

/// <summary>
/// Work with a model and its answer: events for who accepts <c>text/event-stream</c>, otherwise JSON when it is done. A failure before
/// there is anything to stream has its own status. A caller who goes away calls the work off.
/// </summary>
internal sealed class ModelAnswer(
    Func<IProgress<ModelProgress>, CancellationToken, Task<ModelReport>> work, TimeSpan keepAlive, TimeProvider time) : IResult
{
    /// <summary>The query parameter that accepts a licence.</summary>
    public const string AcceptField = "accept_license";

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var aborted = httpContext.RequestAborted;
        var streams = httpContext.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == ModelWire.StreamType);
        await using var news = ModelWork.RunAsync(work, keepAlive, time, aborted).GetAsyncEnumerator(aborted);
        while (await news.MoveNextAsync())
        {
            if (news.Current.Failure is { } failure)
            {
                await ModelProblems.Of(failure).ExecuteAsync(httpContext);
                return;
            }

            if (streams)
            {
                await TypedResults.ServerSentEvents(Items(news)).ExecuteAsync(httpContext);
                return;
            }

            if (news.Current.Report is { } report)
            {
                await TypedResults.Json(report, ModelWireJson.Default.ModelReport).ExecuteAsync(httpContext);
                return;
            }
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> Items(IAsyncEnumerator<ModelEvent> news)
    {
        do
        {
            var (name, data) = ModelEventText.Write(news.Current);
            yield return new(data, name);
        }
        while (await news.MoveNextAsync());
    }
}
