using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Pictures.Egress;
using PhotoStudio.Core.Webhooks;

namespace PhotoStudio.Api.Webhooks;

/// <summary>
/// Makes one attempt to deliver a message: public addresses only (<see cref="EgressGate"/>), no redirects, no proxy, no cookies, and of the
/// answer nothing but its status is read.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    /// <summary>Makes a sender whose every connection goes through the gate.</summary>
    public WebhookSender(IOptions<WebhookOptions> options, EgressGate gate, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time) = (options.Value, time);
        _http = new HttpMessageInvoker(Handler(gate));
    }

    /// <summary>Makes an attempt; whatever goes wrong is in the answer.</summary>
    public async Task<DeliveryAttempt> SendAsync(WebhookDelivery delivery, Webhook webhook, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(webhook);
        var (at, began) = (_time.GetUtcNow(), _time.GetTimestamp());
        using var deadline = new CancellationTokenSource(_options.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = RequestOf(delivery, webhook, at);
            using var response = await _http.SendAsync(request, both.Token);
            return Outcome((int)response.StatusCode, ErrorOf(response));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Outcome(null, $"There was no answer within {_options.Timeout.TotalSeconds:0.#} s.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            return Outcome(null, exception.GetBaseException() is EgressForbiddenException
                ? "The URL leads to an address that is not public."
                : "The connection could not be made, or broke.");
        }

        DeliveryAttempt Outcome(int? status, string? error) => new(at, status, error, Math.Round(_time.GetElapsedTime(began).TotalMilliseconds, 1));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage RequestOf(WebhookDelivery delivery, Webhook webhook, DateTimeOffset at)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Payload));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Version = HttpVersion.Version11, Content = content };
        request.Headers.ConnectionClose = true;
        request.Headers.TryAddWithoutValidation("User-Agent", "PhotoStudio-Webhooks/1.0");
        request.Headers.TryAddWithoutValidation(WebhookSignature.IdHeader, delivery.MessageId);
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimestampHeader, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(
            WebhookSignature.SignatureHeader, WebhookSignature.Sign(webhook.SecretsAt(at), delivery.MessageId, at, delivery.Payload));
        return request;
    }

    private static string? ErrorOf(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => "The receiver redirects, and redirects are not followed.",
        (int)HttpStatusCode.Gone => "The receiver is gone; the webhook is switched off.",
        var status => $"The receiver answered with status {status}.",
    };

    [SuppressMessage("Reliability", "CA2000", Justification = "The invoker disposes its handler.")]
    private static SocketsHttpHandler Handler(EgressGate gate) => new()
    {
        ConnectCallback = (context, cancellationToken) => gate.ConnectAsync(context.DnsEndPoint, cancellationToken),
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseProxy = false,
        UseCookies = false,
        Credentials = null,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };
}
