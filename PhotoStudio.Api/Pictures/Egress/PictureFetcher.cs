using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Options;
using PhotoStudio.Api.Problems;

namespace PhotoStudio.Api.Pictures.Egress;

/// <summary>
/// Fetches <c>image_url</c>: http and https, public addresses, 80 and 443 and configured ports, no credentials, no proxy, no
/// cookies, no decompression, few redirects each checked anew, within one total time and the size limit of uploads.
/// </summary>
public sealed class PictureFetcher : IDisposable
{
    private readonly EgressOptions _egress;
    private readonly UploadOptions _limits;
    private readonly EgressGate _gate;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    /// <summary>Makes a fetcher whose every connection goes through the gate.</summary>
    public PictureFetcher(IOptions<EgressOptions> egress, IOptions<UploadOptions> limits, EgressGate gate, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(egress);
        ArgumentNullException.ThrowIfNull(limits);
        (_egress, _limits, _gate, _time) = (egress.Value, limits.Value, gate, time);
        _http = new HttpMessageInvoker(Handler(gate));
    }

    /// <summary>Fetches a picture's file.</summary>
    /// <param name="field">The field the URL came in, for the problem.</param>
    /// <param name="text">The URL as it came.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">
    /// The URL is malformed or forbidden, could not be fetched, took too long, or delivered too much.
    /// </exception>
    public async Task<ReadOnlyMemory<byte>> FetchAsync(string field, string text, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_egress.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await FollowAsync(field, Check(field, text, null), both.Token);
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var limit = _egress.Timeout.TotalSeconds;
            throw Because(ProblemCode.ImageUrlTimeout, $"'{field}' did not deliver within {limit:0.#} s.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw exception.GetBaseException() is EgressForbiddenException
                ? Because(ProblemCode.ImageUrlForbidden, $"'{field}' leads to an address that is not public.", exception)
                : Because(ProblemCode.ImageUrlFailed, $"'{field}' could not be fetched: {Reason(exception)}.", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<ReadOnlyMemory<byte>> FollowAsync(string field, Uri url, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version11 };
            request.Headers.ConnectionClose = true;
            request.Headers.TryAddWithoutValidation("User-Agent", "PhotoStudio");
            request.Headers.TryAddWithoutValidation("Accept", "image/*,*/*;q=0.5");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
            using var response = await _http.SendAsync(request, cancellationToken);

            if (RedirectOf(response) is not { } location) return await ReadAsync(field, response, cancellationToken);
            if (redirects == _egress.MaxRedirects)
                throw Because(ProblemCode.ImageUrlFailed, $"'{field}' was redirected more than {_egress.MaxRedirects} times.");
            url = Check(field, location.OriginalString, url);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(string field, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
            throw Because(ProblemCode.ImageUrlFailed, $"'{field}' answered with status {(int)response.StatusCode}.");
        if (response.Content.Headers.ContentEncoding.Any(encoding => encoding != "identity"))
            throw Because(ProblemCode.ImageUrlFailed, $"'{field}' answered with a compressed body although none was asked for.");

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = response.Content.Headers.ContentLength;
        return await CappedReader.ReadAsync(
            body, _limits.MaxBytes, length, () => CappedReader.PictureTooLarge(field, _limits.MaxBytes), cancellationToken);
    }

    /// <summary>Checks what a URL says by itself. Addresses are checked again when the connection is made.</summary>
    private Uri Check(string field, string text, Uri? from)
    {
        // A relative URL on its own would parse as a file path on Unix.
        var parsed = from is null
            ? Uri.TryCreate(text, UriKind.Absolute, out var url) && !text.StartsWith('/')
            : Uri.TryCreate(from, text, out url);
        if (!parsed) throw StudioProblem.Invalid(field, "is not an absolute http or https URL.").ToException();
        if (url!.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            throw Because(ProblemCode.ImageUrlForbidden, $"'{field}' has the scheme '{url.Scheme}'; only http and https are fetched.");
        if (url.UserInfo.Length > 0)
            throw Because(ProblemCode.ImageUrlForbidden, $"'{field}' carries credentials; URLs with them are not fetched.");
        if (!_gate.AllowsPort(url.Port))
            throw Because(ProblemCode.ImageUrlForbidden, $"'{field}' names port {url.Port}, which is not fetched from.");
        if (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && !_gate.Allows(address))
            throw Because(ProblemCode.ImageUrlForbidden, $"'{field}' names an address that is not public.");
        return url;
    }

    private static Uri? RedirectOf(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect
            or HttpStatusCode.PermanentRedirect => response.Headers.Location,
        _ => null,
    };

    private static string Reason(Exception exception) => exception is HttpRequestException http
        ? http.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "its host is not known",
            HttpRequestError.ConnectionError => "its server cannot be reached",
            HttpRequestError.SecureConnectionError => "its server's certificate or TLS is not valid",
            HttpRequestError.ConfigurationLimitExceeded => "its answer's headers are too long",
            _ => "its server did not answer as HTTP has it",
        }
        : "the connection broke";

    private static ProblemException Because(ProblemCode code, string detail, Exception? inner = null) =>
        new(StudioProblem.Of(code, detail), inner);

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
